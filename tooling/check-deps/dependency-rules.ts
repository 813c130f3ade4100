import type { IForbiddenRuleType } from 'dependency-cruiser'
import { scope, testFloor } from '../layers.ts'
import { type Column, listAllowed, type PlacedRow, type PlacedRows } from './placed-row.ts'

export const circleRule = 'circle'
export const unresolvableRule = 'unresolvable'

/** What is kept out of the build and of the tarball, so that nobody imports it. */
const testFile = '[.](test|test-d)[.]ts$'

/** The rules of dependency-cruiser that say what the matrix says. The rule of a row is named after it: `row:errors`. */
export function makeDependencyRules(rows: PlacedRows): IForbiddenRuleType[] {
  return [
    { name: circleRule, severity: 'error', from: { path: '^packages/' }, to: { circular: true } },
    { name: unresolvableRule, severity: 'error', from: { path: '^packages/' }, to: { couldNotResolve: true } },
    ...[...rows.values()].flatMap(makeRowRules),
  ]
}

export function isRowRule(rule: string): boolean {
  return rule.startsWith('row:')
}

/** The column of the matrix that governs a file. */
export function findColumn(row: PlacedRow, file: string): Column {
  return row.floor === testFloor || new RegExp(testFile).test(file) ? 'test' : 'runtime'
}

function makeRowRules(row: PlacedRow): IForbiddenRuleType[] {
  const name = `row:${row.name}`
  const severity = 'error'
  const path = `^${row.folder}/`
  const test = { name, severity, from: { path: `${path}.*${testFile}` }, to: everythingBut(row, 'test') } as const
  if (row.floor === testFloor) return [{ ...test, from: { path } }]
  return [{ name, severity, from: { path, pathNot: testFile }, to: everythingBut(row, 'runtime') }, test]
}

function everythingBut(row: PlacedRow, column: Column): { path: string; pathNot: string } {
  const names = [row.name, ...listAllowed(row, column)].join('|')
  // An import that cannot be resolved stays as it was written, so both forms are named.
  return { path: `^(packages/|${scope})`, pathNot: `^(packages/[^/]+/|${scope})(${names})(/|$)` }
}
