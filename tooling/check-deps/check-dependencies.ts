import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Matrix } from '../layers.ts'
import { readWorkspace } from '../workspace.ts'
import { checkImports, findFolder } from './check-imports.ts'
import { checkManifests } from './check-manifests.ts'
import { checkMatrix } from './check-matrix.ts'
import { makeDependencyRules } from './dependency-rules.ts'
import { placeRows } from './placed-row.ts'
import { type Import, readImports } from './read-imports.ts'

export interface DependencyReport {
  /** Each a sentence: who imports whom, from which file, which row would have to allow it. Empty when all is well. */
  readonly violations: readonly string[]
  /** How many modules were read. */
  readonly modules: number
  readonly imports: readonly Import[]
}

/** Holds the workspace at `root` against the matrix: the matrix itself, the declared dependencies, every import. */
export async function checkDependencies(root: string, matrix: Matrix): Promise<DependencyReport> {
  const rows = placeRows(matrix)
  const packages = readWorkspace(root)
  if (packages.length === 0) {
    return { violations: [`No packages in ${join(root, 'packages')}.`], modules: 0, imports: [] }
  }

  const { modules, imports } = await readImports(realpathSync(root), makeDependencyRules(rows))
  const violations = [
    ...checkMatrix(matrix),
    ...checkManifests(rows, packages),
    ...checkImports(imports, {
      rows,
      packages,
      rootManifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    }),
    ...checkHomes(
      packages.map(({ folder }) => folder),
      modules,
    ),
    ...checkCoverage(
      packages.flatMap(({ folder }) => listSources(root, folder)),
      modules,
    ),
  ]
  return { violations, modules: modules.length, imports }
}

/** Code outside a package has no row to hold it against. */
function checkHomes(folders: readonly string[], modules: readonly string[]): string[] {
  const homes = new Set(folders)
  return modules.filter((file) => !homes.has(findFolder(file))).map((file) => `${file} belongs to no package.`)
}

/** A tool that cannot read TypeScript finds no fault in it: every source on disk must have been read. */
function checkCoverage(sources: readonly string[], modules: readonly string[]): string[] {
  const read = new Set(modules)
  const unread = sources.filter((source) => !read.has(source))
  if (unread.length === 0) return []
  return [
    `${read.size} modules were read, but there are ${sources.length} sources; not read: ${unread.slice(0, 3).join(', ')}${unread.length > 3 ? ', …' : ''}. Does dependency-cruiser support this version of TypeScript?`,
  ]
}

function listSources(root: string, folder: string): string[] {
  const sources = join(root, folder, 'src')
  if (!existsSync(sources)) return []
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => /[.][cm]?[jt]sx?$/.test(path))
    .map((path) => `${folder}/src/${path.replaceAll('\\', '/')}`)
}
