import { describeValue } from '@empire/errors'

/** What came, in a few words: `a string ("anna")`, `an array of 3 items`, `nothing`. Also for what throws when it is read. */
export function describeData(value: unknown): string {
  try {
    if (value === undefined) return 'nothing'
    if (value instanceof Date)
      return Number.isNaN(value.getTime()) ? 'an invalid date' : `a date (${value.toISOString()})`
    if (Array.isArray(value) && value.length > 0) return `an array of ${count(value.length, 'item')}`
    if (value instanceof Map) return `a map of ${count(value.size, 'entry', 'entries')}`
    if (value instanceof Set) return `a set of ${count(value.size, 'item')}`
    return describeValue(value)
  } catch {
    return 'something that cannot be read'
  }
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** What stands at a path; `undefined` where there is nothing, or nothing that can be read. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  try {
    let current = value
    for (const key of path) {
      if ((typeof current !== 'object' && typeof current !== 'function') || current === null) return undefined
      if (current instanceof Map) current = current.get(key)
      else current = Object.hasOwn(current, key) ? (current as Readonly<Record<PropertyKey, unknown>>)[key] : undefined
    }
    return current
  } catch {
    return undefined
  }
}
