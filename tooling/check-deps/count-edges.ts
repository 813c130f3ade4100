import { scope } from '../layers.ts'
import { findFolder, findLibrary } from './check-imports.ts'
import { findColumn } from './dependency-rules.ts'
import type { Column, PlacedRow, PlacedRows } from './placed-row.ts'
import type { Import } from './read-imports.ts'

/** How often a package imports another one, or a library that it wraps. */
export interface Edge extends Readonly<Record<Column, number>> {
  /** The first file that does, in run-time code if there is any. */
  readonly file: string
}

/** The edges that go out from each package, by the name of what they lead to. */
export type Edges = ReadonlyMap<string, ReadonlyMap<string, Edge>>

/** Counts the imports of packages and wrapped libraries, by package. What breaks the matrix counts too. */
export function countEdges(rows: PlacedRows, imports: readonly Import[]): Edges {
  const homes = new Map([...rows.values()].map((row) => [row.folder, row]))
  const edges = new Map([...rows.keys()].map((name) => [name, new Map<string, Edge>()]))
  for (const { file, specifier } of imports) {
    const row = homes.get(findFolder(file))
    const target = row && findTarget(rows, row, specifier)
    if (row === undefined || target === undefined) continue
    const own = edges.get(row.name)
    const before = own?.get(target) ?? { runtime: 0, test: 0, file }
    const column = findColumn(row, file)
    own?.set(target, {
      ...before,
      [column]: before[column] + 1,
      ...(column === 'runtime' && before.runtime === 0 && { file }),
    })
  }
  return edges
}

function findTarget(rows: PlacedRows, row: PlacedRow, specifier: string): string | undefined {
  const library = findLibrary(specifier)
  if (row.wraps?.includes(library)) return library
  const name = library.startsWith(scope) ? library.slice(scope.length) : row.name
  return name !== row.name && rows.has(name) ? name : undefined
}
