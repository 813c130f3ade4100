import { describeValue } from '@empire/errors'
import type { CheckedFilter } from './checked-request.ts'
import { readId } from './read-id.ts'

/** Ids as a filter, if it is ids that were given and not a filter. Throws a `TypeError` for what is neither. */
export function readIdSet(which: unknown): CheckedFilter | undefined {
  if (typeof which !== 'object' || which === null) {
    throw new TypeError(`"which" must be an iterable of ids or a filter, got ${describeValue(which)}.`)
  }
  if (!(Symbol.iterator in which)) return undefined
  const ids = Array.from(which as Iterable<unknown>, (id, index) => {
    const fault = readId(id)
    if (fault === undefined) return id as string
    throw new TypeError(`"ids[${index}]" must be ${fault}, got ${describeValue(id)}.`)
  })
  return { type: 'ids', ids: [...new Set(ids)] }
}
