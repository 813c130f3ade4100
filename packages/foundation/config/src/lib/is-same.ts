import { isDeepStrictEqual } from 'node:util'
import { isPlainObject } from './is-plain-object.ts'

/**
 * Whether two values hold the same. What a function or an instance of another class holds cannot be seen: it is the same
 * only as itself.
 */
export function isSame(value: unknown, before: unknown): boolean {
  if (Array.isArray(value) && Array.isArray(before)) {
    return value.length === before.length && value.every((item, index) => isSame(item, before[index]))
  }
  if (isPlainObject(value) && isPlainObject(before)) {
    const keys = Object.keys(value)
    return (
      keys.length === Object.keys(before).length &&
      keys.every((key) => Object.hasOwn(before, key) && isSame(value[key], before[key]))
    )
  }
  // Some versions of Node hold all URLs to be equal.
  if (value instanceof URL) return before instanceof URL && value.href === before.href
  return isOpaque(value) ? value === before : isDeepStrictEqual(value, before)
}

/** Whether it may hold what nobody sees. */
export function isOpaque(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'function'
  const isSeen = [Date, RegExp, URL, Map, Set].some((kind) => value instanceof kind) || ArrayBuffer.isView(value)
  return !isSeen && !Array.isArray(value) && !isPlainObject(value)
}
