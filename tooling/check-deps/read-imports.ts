import { cruise, type IForbiddenRuleType } from 'dependency-cruiser'

/** One import of one file, as dependency-cruiser read it. */
export interface Import {
  /** From the root: `packages/flow/search/src/lib/a.ts`. */
  readonly file: string
  /** As it is written, without `node:`. */
  readonly specifier: string
  /** The file that it leads to, from the root; the specifier when it leads nowhere. */
  readonly resolved: string
  /** Whether it is a part of Node. */
  readonly core: boolean
  /** The rules that it breaks. */
  readonly broken: readonly string[]
  /** The files of the circle that it closes, if it closes one. */
  readonly circle: readonly string[]
}

/** The modules below `packages` that were read, and what they import. */
export interface ImportReading {
  readonly modules: readonly string[]
  readonly imports: readonly Import[]
}

const outside = '(^|/)node_modules/|^packages/[^/]+/[^/]+/(dist|[.]turbo)/'

export async function readImports(root: string, forbidden: IForbiddenRuleType[]): Promise<ImportReading> {
  const { output } = await cruise(['packages'], {
    baseDir: root,
    ruleSet: { forbidden },
    validate: true,
    doNotFollow: { path: [outside] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  })
  if (typeof output === 'string') throw new TypeError('dependency-cruiser gave a text where its result was expected.')
  const modules = output.modules.filter(
    ({ source }) => source.startsWith('packages/') && !new RegExp(outside).test(source),
  )
  return {
    modules: modules.map(({ source }) => source),
    imports: modules.flatMap(({ source, dependencies }) =>
      dependencies.map((dependency) => ({
        file: source,
        specifier: dependency.module,
        resolved: dependency.resolved,
        core: dependency.coreModule,
        broken: (dependency.rules ?? []).map(({ name }) => name),
        circle: dependency.circular ? (dependency.cycle ?? []).map(({ name }) => name) : [],
      })),
    ),
  }
}
