import { type Matrix, testFloor } from '../layers.ts'
import { type PlacedRow, type PlacedRows, placeRows } from './placed-row.ts'
import { findBreach } from './refusal.ts'

/** Lower-case words with hyphens between them. */
export const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** The faults of the matrix itself, whatever the code does. */
export function checkMatrix(matrix: Matrix): string[] {
  const rows = placeRows(matrix)
  return [
    ...findDuplicates(matrix),
    ...[...rows.values()].flatMap((row) => checkRow(rows, row)),
    ...findCircles(rows),
    ...findSharedWraps(rows),
  ]
}

function findDuplicates(matrix: Matrix): string[] {
  const floors = Map.groupBy(
    Object.entries(matrix).flatMap(([floor, packages]) => Object.keys(packages).map((name) => ({ floor, name }))),
    ({ name }) => name,
  )
  return [...floors.entries()]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name} has more than one row: on ${places.map(({ floor }) => floor).join(' and ')}.`)
}

function checkRow(rows: PlacedRows, from: PlacedRow): string[] {
  const faults: string[] = []
  if (!kebabCase.test(from.name)) faults.push(`The row '${from.name}' is not named in kebab-case.`)
  for (const column of ['runtime', 'test'] as const) {
    for (const name of from[column] ?? []) {
      const to = rows.get(name)
      const reason =
        to === undefined ? `${name} has no row` : name === from.name ? 'that is itself' : findBreach(from, to)
      if (reason !== undefined) faults.push(`The row of ${from.name} lists '${name}' in \`${column}\`: ${reason}.`)
    }
  }
  if (from.adapterOf !== undefined && !from.runtime.includes(from.adapterOf)) {
    faults.push(
      `The row of ${from.name} says adapterOf '${from.adapterOf}', but its \`runtime\` does not list that contract.`,
    )
  }
  if (from.floor === testFloor && from.runtime.length > 0) {
    faults.push(`The row of ${from.name} lists run-time packages, but all code on the floor ${testFloor} is test code.`)
  }
  return faults
}

/** Only run-time rows can close a circle: test code is imported by nobody. */
function findCircles(rows: PlacedRows): string[] {
  const circles: string[] = []
  const finished = new Set<string>()
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name)
    if (start !== -1) {
      circles.push(`The rows close a circle: ${[...path.slice(start), name].join(' → ')}.`)
      return
    }
    if (finished.has(name)) return
    for (const next of rows.get(name)?.runtime ?? []) if (next !== name) visit(next, [...path, name])
    finished.add(name)
  }
  for (const name of rows.keys()) visit(name, [])
  return circles
}

function findSharedWraps(rows: PlacedRows): string[] {
  const wrappers = Map.groupBy(
    [...rows.values()].flatMap(({ name, wraps = [] }) => wraps.map((library) => ({ library, name }))),
    ({ library }) => library,
  )
  return [...wrappers.entries()]
    .filter(([, places]) => places.length > 1)
    .map(
      ([library, places]) =>
        `The rows of ${places.map(({ name }) => name).join(' and ')} both wrap ${library}: a library belongs to one package.`,
    )
}
