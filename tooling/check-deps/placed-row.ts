import type { Matrix, Row } from '../layers.ts'

/** A row of the matrix, with its place in the house. */
export interface PlacedRow extends Row {
  readonly name: string
  readonly floor: string
  /** The number of floors below it. */
  readonly level: number
  readonly folder: string
}

export type PlacedRows = ReadonlyMap<string, PlacedRow>

/** Run-time code and `dependencies`, or test code and `devDependencies`. */
export type Column = 'runtime' | 'test'

/** The rows of the matrix by package name, from the lowest floor to the highest. */
export function placeRows(matrix: Matrix): PlacedRows {
  const rows = new Map<string, PlacedRow>()
  for (const [level, [floor, packages]] of Object.entries(matrix).entries()) {
    for (const [name, row] of Object.entries(packages)) {
      rows.set(name, { ...row, name, floor, level, folder: `packages/${floor}/${name}` })
    }
  }
  return rows
}

/** What the code of one column may import: tests may import what run-time code may, and their own column. */
export function listAllowed(row: Row, column: Column): readonly string[] {
  return column === 'runtime' ? row.runtime : [...row.runtime, ...(row.test ?? [])]
}
