import type { Edge, Edges } from './count-edges.ts'
import type { PlacedRows } from './placed-row.ts'

const heads = ['floor', 'package', 'adapter of', 'wraps', 'run time', 'tests besides']

/**
 * The matrix as a text table, from the lowest floor to the highest. With `edges`, each permission has the number of its
 * imports in run-time code, and `+` those in tests.
 */
export function formatMatrix(rows: PlacedRows, edges?: Edges): string {
  const cells = [...rows.values()].map(({ floor, name, runtime, test, adapterOf, wraps }) => [
    floor,
    name,
    adapterOf ?? '–',
    ...[wraps, runtime, test].map((names) => join(names, edges?.get(name))),
  ])
  const table = [heads, ...cells]
  const widths = heads.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)))
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function join(names: readonly string[] = [], counts?: ReadonlyMap<string, Edge>): string {
  return names.length === 0 ? '–' : names.map((name) => withCount(name, counts)).join(' ')
}

function withCount(name: string, counts: ReadonlyMap<string, Edge> | undefined): string {
  if (counts === undefined) return name
  const { runtime, test } = counts.get(name) ?? { runtime: 0, test: 0 }
  return `${name}(${runtime}${test === 0 ? '' : `+${test}`})`
}
