import type { Column, PlacedRow, PlacedRows } from './placed-row.ts'

/** Why no row may let `from` import `to`; `undefined` when a row may. */
export function findBreach(from: PlacedRow, to: PlacedRow): string | undefined {
  if (to.level > from.level) return `${to.name} is on a higher floor (${to.floor} is above ${from.floor})`
  if (to.adapterOf === from.name)
    return `${to.name} is an adapter of ${from.name}, and a contract does not know its adapters`
  if (from.adapterOf !== undefined && from.adapterOf === to.adapterOf) {
    return `both are adapters of ${to.adapterOf}, and an adapter does not know its siblings`
  }
  if (from.adapterOf !== undefined && to.adapterOf !== undefined) {
    return `${to.name} is an adapter of ${to.adapterOf}, and an adapter imports no other adapter`
  }
  return undefined
}

/** Why `from` was refused `to`, and which row would have to allow it. */
export function explainRefusal(rows: PlacedRows, from: PlacedRow, toName: string, column: Column): string {
  const to = rows.get(toName)
  if (to === undefined) return `${toName} has no row in tooling/layers.ts, so no row may allow it.`
  const breach = findBreach(from, to)
  if (breach !== undefined) return `${breach}, so no row may allow it.`
  if (column === 'runtime' && from.test?.includes(toName)) {
    return `the row of ${from.name} in tooling/layers.ts allows it to tests only; its \`runtime\` would have to list '${toName}'.`
  }
  return `the row of ${from.name} in tooling/layers.ts does not list it; its \`${column}\` would have to list '${toName}'.`
}
