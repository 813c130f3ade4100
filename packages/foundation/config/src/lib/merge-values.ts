import { isPlainObject } from './is-plain-object.ts'
import type { Path } from './path.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** How deep settings may nest: beyond it, they are most likely a cycle. */
const deepestLevel = 100

/** A copy of the plain objects and arrays in `values`, without members that are `undefined`. */
export function copyValues(values: unknown, path: Path = []): unknown {
  const isArray = Array.isArray(values)
  if (!isArray && !isPlainObject(values)) return values
  if (path.length > deepestLevel) {
    throw new UnreadableSourceError(`at most ${deepestLevel} levels of settings`, 'more, or a cycle')
  }
  // Array.from, because map() would keep the holes of a sparse array.
  if (isArray) return Array.from(values, (value: unknown, index) => copyMember(value, path, String(index)))
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(values)) {
    // It would reach the prototype of whatever it is assigned to, here or in a schema.
    if (key === '__proto__') throw new UnreadableSourceError('another key', '"__proto__"', { path: [...path, key] })
    const value = values[key]
    if (value !== undefined) copy[key] = copyMember(value, path, key)
  }
  return copy
}

function copyMember(value: unknown, path: Path, key: string): unknown {
  return typeof value === 'object' && value !== null ? copyValues(value, [...path, key]) : value
}

/** Objects are merged member by member; anything else, also an array, is replaced as a whole. Changes neither. */
export function mergeValues(below: unknown, above: unknown): unknown {
  if (!isPlainObject(below) || !isPlainObject(above)) return above
  const merged: Record<string, unknown> = { ...below }
  for (const key of Object.keys(above)) {
    merged[key] = Object.hasOwn(below, key) ? mergeValues(below[key], above[key]) : above[key]
  }
  return merged
}
