import { basename } from 'node:path'
import { scope } from '../layers.ts'
import type { Manifest, WorkspacePackage } from '../workspace.ts'
import { circleRule, findColumn, isRowRule, unresolvableRule } from './dependency-rules.ts'
import type { Column, PlacedRow, PlacedRows } from './placed-row.ts'
import type { Import } from './read-imports.ts'
import { explainRefusal } from './refusal.ts'

export interface CheckImportsOptions {
  readonly rows: PlacedRows
  readonly packages: readonly WorkspacePackage[]
  /** What tests of every package may import: the `devDependencies` of the root. */
  readonly rootManifest: Manifest
}

/** The faults of the imports: for each the first thing to mend, and each circle once. */
export function checkImports(imports: readonly Import[], options: CheckImportsOptions): string[] {
  const packages = new Map(options.packages.map((workspacePackage) => [workspacePackage.folder, workspacePackage]))
  const faults = imports.flatMap((one) => {
    const home = packages.get(findFolder(one.file))
    const row = home && options.rows.get(basename(home.folder))
    // A package without a row is refused as a whole.
    if (home === undefined || row?.folder !== home.folder) return []
    const fault = checkImport(one, home, row, options)
    return fault === undefined ? [] : [fault]
  })
  return [...faults, ...findCircles(imports)]
}

function checkImport(
  { file, specifier, resolved, core, broken }: Import,
  home: WorkspacePackage,
  row: PlacedRow,
  { rows, rootManifest }: CheckImportsOptions,
): string | undefined {
  const isPath = specifier.startsWith('.') || specifier.startsWith('/')
  const target = isPath ? findPackageName(resolved) : findLibrary(specifier)
  const column = findColumn(row, file)
  const says = (what: string, reason: string): string => `${row.name} imports ${what} (${file}): ${reason}`

  if (broken.some(isRowRule)) {
    const name = target.startsWith(scope) ? target.slice(scope.length) : target
    return says(name, explainRefusal(rows, row, name, column))
  }
  if (isPath && !broken.includes(unresolvableRule) && !resolved.startsWith(`${home.folder}/`)) {
    return says(specifier, 'a path must not leave the folder of its package; import packages by their names.')
  }
  const isLibrary = !isPath && !core && !specifier.startsWith('#') && target !== home.name
  if (isLibrary && !isDeclared(target, column, home.manifest, rootManifest)) {
    const section = column === 'runtime' ? 'dependencies' : 'devDependencies'
    return says(target, `it is not declared; ${home.folder}/package.json would have to list it in ${section}.`)
  }
  if (broken.includes(unresolvableRule)) {
    return says(specifier, 'it cannot be resolved; is it spelled right, exported and installed?')
  }
  return undefined
}

function isDeclared(library: string, column: Column, manifest: Manifest, rootManifest: Manifest): boolean {
  const sections = [manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies]
  if (column === 'test') sections.push(manifest.devDependencies, rootManifest.devDependencies)
  return sections.some((section) => section !== undefined && Object.hasOwn(section, library))
}

/** `@empire/tokens/conformance` to `@empire/tokens`. */
export function findLibrary(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The folder of the package that a file would belong to. */
export function findFolder(file: string): string {
  return file.split('/').slice(0, 3).join('/')
}

function findPackageName(file: string): string {
  return file.split('/')[2] ?? file
}

function findCircles(imports: readonly Import[]): string[] {
  const circles = imports
    .filter(({ broken }) => broken.includes(circleRule))
    .map(({ circle }) => `A circle of imports: ${startAtFirst(circle).join(' → ')}.`)
  return [...new Set(circles)]
}

/** The same circle, whichever of its files it was met at. */
function startAtFirst(circle: readonly string[]): string[] {
  const first = circle.indexOf(circle.toSorted()[0] ?? '')
  return [...circle.slice(first), ...circle.slice(0, first + 1)]
}
