import type { PlacedRows } from './placed-row.ts'

const heads = ['floor', 'package', 'adapter of', 'wraps', 'run time', 'tests besides']

/** The matrix as a text table, from the lowest floor to the highest. */
export function formatMatrix(rows: PlacedRows): string {
  const cells = [...rows.values()].map(({ floor, name, runtime, test, adapterOf, wraps }) => [
    floor,
    name,
    adapterOf ?? '–',
    join(wraps),
    join(runtime),
    join(test),
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

function join(names: readonly string[] = []): string {
  return names.length === 0 ? '–' : names.join(' ')
}
