import { describeValue } from '@empire/errors'
import type { SourceItem } from './source.ts'

/** An item, or the id of one that the source does not have any more. */
export type Find = SourceItem | { readonly gone: string }

/** The id of the item that a find is about. */
export function idOf(find: Find): string {
  return 'gone' in find ? find.gone : find.id
}

/** Refuses what is no find: it could not be accounted for. */
export function expectFind(find: Find): Find {
  if (typeof find !== 'object' || find === null) {
    throw new TypeError(`Expected the source to list items, got ${describeValue(find)}.`)
  }
  if ('gone' in find) return find
  const { id, path, mediaType = '', version = '', read } = find
  for (const [name, value] of Object.entries({ id, path, mediaType, version })) {
    if (typeof value === 'string') continue
    throw new TypeError(`Expected "${name}" of an item to be a text, got ${describeValue(value)}.`)
  }
  if (typeof read === 'function') return find
  throw new TypeError(`Expected "read" of the item "${id}" to be a function, got ${describeValue(read)}.`)
}
