import type { SortValue } from './checked-request.ts'
import { SearchError } from './search-error.ts'

/** Where a page ended: the sort values and the id of its last hit. */
export interface CursorPlace {
  readonly sort: readonly SortValue[]
  readonly id: string
}

/** An opaque text for a place in the hits of a request. */
export function writeCursor(request: unknown, { sort, id }: CursorPlace): string {
  const text = JSON.stringify([1, fingerprint(request), sort, id])
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The place of a cursor. Throws `invalid_cursor` for one that is not of this request. */
export function readCursor(request: unknown, cursor: string, keys: number): CursorPlace {
  const parts = parse(cursor)
  if (parts === undefined) {
    throw new SearchError('invalid_cursor', '"cursor" must be the cursor of a result, got other text.', {
      details: { path: 'cursor' },
    })
  }
  const [, made, sort, id] = parts
  if (made === fingerprint(request) && sort.length === keys) return { sort, id }
  throw new SearchError(
    'invalid_cursor',
    '"cursor" must be of the same request, with the same "query", "filter" and "sort", got that of another one.',
    { details: { path: 'cursor' } },
  )
}

function parse(cursor: string): [1, string, SortValue[], string] | undefined {
  if (cursor.length > 20_000) return undefined
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (unit) => unit.charCodeAt(0))
    const parts: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isCursor(parts) ? parts : undefined
  } catch {
    // What cannot be read is not a cursor: the caller says so.
    return undefined
  }
}

function isCursor(parts: unknown): parts is [1, string, SortValue[], string] {
  if (!Array.isArray(parts) || parts.length !== 4) return false
  const [version, made, sort, id] = parts as unknown[]
  const isSort = Array.isArray(sort) && sort.every((value) => value === null || typeof value !== 'object')
  return version === 1 && typeof made === 'string' && isSort && typeof id === 'string'
}

/** What of a request decides its hits and their order, as text: FNV-1a, twice 32 bits. */
function fingerprint(request: unknown): string {
  const { query, filter, sort } = request as Record<string, unknown>
  const text = canonical({ query, filter, sort })
  let first = 0x811c9dc5
  let second = 0x2f0b4a27
  for (let at = 0; at < text.length; at += 1) {
    first = Math.imul(first ^ text.charCodeAt(at), 0x01000193)
    second = Math.imul(second ^ text.charCodeAt(at), 0x01000193)
  }
  return `${(first >>> 0).toString(36)}.${(second >>> 0).toString(36)}`
}

/** JSON with the keys of every object in one order, and without what is `undefined`. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)))
  })
}
