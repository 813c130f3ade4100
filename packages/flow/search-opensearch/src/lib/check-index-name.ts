import { describeValue } from '@empire/errors'

/** What OpenSearch takes for the name of an index or an alias, with room for what is added to it, and what needs no escaping in a path. */
const indexName = /^[a-z0-9][a-z0-9._-]{0,239}$/

/** Throws a `TypeError` for what is no name of an index. */
export function checkIndexName(option: string, name: unknown): string {
  if (typeof name === 'string' && indexName.test(name)) return name
  throw new TypeError(
    `"${option}" must be a name of at most 240 small letters, digits, ".", "_" and "-" that begins with a letter or digit, got ${describeValue(name)}.`,
  )
}
