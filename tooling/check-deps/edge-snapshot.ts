import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Edges } from './count-edges.ts'
import type { PlacedRow, PlacedRows } from './placed-row.ts'

/** What there is between a package and what it imports: run-time code does, only tests do, or nothing does what the row allows. */
type EdgeState = 'runtime' | 'test' | 'unused'

/** Package → what it imports or may import → state. */
export type EdgeSnapshot = Readonly<Record<string, Readonly<Record<string, EdgeState>>>>

const path = 'tooling/check-deps/edges.json'

/** The edges as they are, and the permissions that nothing uses. */
export function takeSnapshot(rows: PlacedRows, edges: Edges): EdgeSnapshot {
  return fromSorted(
    [...rows.values()].map((row) => {
      const outgoing = edges.get(row.name)
      const names = new Set([...listPermissions(row), ...(outgoing?.keys() ?? [])])
      return [row.name, fromSorted([...names].map((name) => [name, stateOf(outgoing?.get(name))]))]
    }),
  )
}

/** Each difference as a sentence: what is new, changed or gone since the snapshot was reviewed. */
export function findDrift(reviewed: EdgeSnapshot, current: EdgeSnapshot, edges: Edges): string[] {
  const packages = new Set([...Object.keys(reviewed), ...Object.keys(current)])
  const drift = [...packages].toSorted().flatMap((from) => {
    const [before, after] = [own(reviewed, from) ?? {}, own(current, from) ?? {}]
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].toSorted().flatMap((to) => {
      const [was, is] = [own(before, to), own(after, to)]
      return was === is
        ? []
        : [`${describe(from, to, is, edges)}; in ${path} ${was === undefined ? 'it is not listed' : `it is "${was}"`}.`]
    })
  })
  if (drift.length === 0) return []
  return [...drift, `If this is meant, run "pnpm check:deps --update" and have ${path} reviewed.`]
}

export function readSnapshot(root: string): EdgeSnapshot {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as EdgeSnapshot
}

export function writeSnapshot(root: string, snapshot: EdgeSnapshot): void {
  writeFileSync(join(root, path), `${JSON.stringify(snapshot, undefined, 2)}\n`)
}

function describe(from: string, to: string, is: EdgeState | undefined, edges: Edges): string {
  const file = edges.get(from)?.get(to)?.file
  switch (is) {
    case 'runtime':
      return `${from} imports ${to} in run-time code (${file})`
    case 'test':
      return `${from} imports ${to} in tests only (${file})`
    case 'unused':
      return `The row of ${from} allows ${to}, which nothing in it imports`
    case undefined:
      return `${from} neither imports ${to} nor may`
  }
}

function stateOf(edge: { runtime: number; test: number } | undefined): EdgeState {
  if (edge === undefined) return 'unused'
  return edge.runtime > 0 ? 'runtime' : 'test'
}

function listPermissions({ runtime, test = [], wraps = [] }: PlacedRow): string[] {
  return [...runtime, ...test, ...wraps]
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function fromSorted<Value>(entries: [string, Value][]): Readonly<Record<string, Value>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
