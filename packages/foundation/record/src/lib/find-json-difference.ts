import { pointerTo } from './json-pointer.ts'

/** The first place where two JSON values differ. */
export interface JsonDifference {
  /** A JSON Pointer: `/messages/0/content`; empty for the whole value. */
  readonly path: string
  /** What stands there in the first value; `undefined` for nothing. */
  readonly before: unknown
  /** What stands there in the second value; `undefined` for nothing. */
  readonly after: unknown
}

interface Pair {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** The first difference in the order of the first value; `undefined` when there is none. */
export function findJsonDifference(before: unknown, after: unknown): JsonDifference | undefined {
  const open: Pair[] = [{ path: '', before, after }]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const { path, before: a, after: b } = pair
    // JSON knows no negative zero.
    if (a === b) continue
    if (!isHolder(a) || !isHolder(b) || Array.isArray(a) !== Array.isArray(b)) return pair
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
    for (const name of names.toReversed()) {
      open.push({ path: `${path}${pointerTo(name)}`, before: own(a, name), after: own(b, name) })
    }
  }
  return undefined
}

type Holder = Readonly<Record<string, unknown>>

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null
}

function own(holder: Holder, name: string): unknown {
  return Object.hasOwn(holder, name) ? holder[name] : undefined
}
