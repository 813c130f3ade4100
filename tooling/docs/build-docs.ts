import { join, relative, resolve } from 'node:path'
import { Application, Logger, LogLevel, type ProjectReflection, ReflectionKind } from 'typedoc'
import { readWorkspace, slashed } from '../workspace.ts'

/** Writes the API pages of the doors of all published packages to `out`. Gives what typedoc warns of: exports without words, broken links. */
export async function buildDocs(root: string, out: string): Promise<string[]> {
  const doors = new Map<string, string>()
  const packages = readWorkspace(root).filter(({ published }) => published)
  for (const workspacePackage of packages) {
    for (const [specifier, file] of workspacePackage.doors) doors.set(slashed(join(root, file)), specifier)
  }
  const app = await Application.bootstrap({
    name: 'Empire',
    entryPoints: [...doors.keys()],
    tsconfig: join(root, 'tsconfig.json'),
    alwaysCreateEntryPointModule: true,
    readme: 'none',
    disableGit: true,

    disableSources: true,
    githubPages: false,
    excludeExternals: true,
    excludePrivate: true,
    validation: { notExported: false, invalidLink: true, notDocumented: true },
    // Without their names typedoc asks for words about the exports of the root alone, which has none.
    packagesRequiringDocumentation: packages.map(({ name }) => name),
    requiredToBeDocumented: ['Enum', 'Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  })
  const problems: string[] = []
  app.logger = collectWarnings(problems)
  const project = await app.convert()
  if (project === undefined) return problems.length > 0 ? problems : ['typedoc could not read the sources.']
  nameModules(project, root, doors)
  app.validate(project)
  if (problems.length === 0) await app.generateDocs(project, resolve(root, out))
  return problems
}

class CollectingLogger extends Logger {
  readonly #problems: string[]

  constructor(problems: string[]) {
    super()
    this.#problems = problems
  }

  override log(message: string, level: LogLevel): void {
    super.log(message, level)
    if (level >= LogLevel.Warn) this.#problems.push(message)
  }
}

function collectWarnings(problems: string[]): Logger {
  return new CollectingLogger(problems)
}

/** Readers know a door by what they import. */
function nameModules(project: ProjectReflection, root: string, doors: ReadonlyMap<string, string>): void {
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const file = module.isDeclaration() ? project.getSymbolIdFromReflection(module)?.fileName : undefined
    const specifier = doors.get(slashed(file ?? ''))
    if (specifier === undefined) throw new Error(`${relative(root, file ?? module.name)} is no door.`)
    module.name = specifier
  }
}
