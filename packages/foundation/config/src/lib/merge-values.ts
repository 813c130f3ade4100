import { isPlainObject } from './is-plain-object.ts'
import { setMember } from './set-member.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** How deep settings may nest: beyond it, they are most likely a cycle. */
export const deepestLevel = 100

/** A copy of the plain objects and arrays in `values`, without members that are `undefined`. */
export function copyValues(values: unknown, level = 0): unknown {
  if (level > deepestLevel) {
    throw new UnreadableSourceError(`at most ${deepestLevel} levels of settings`, 'more, or a cycle')
  }
  // Array.from, because map() would keep the holes of a sparse array.
  if (Array.isArray(values)) return Array.from(values, (value) => copyValues(value, level + 1))
  if (!isPlainObject(values)) return values
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) setMember(copy, key, copyValues(value, level + 1))
  }
  return copy
}

/** Objects are merged member by member; anything else, also an array, is replaced as a whole. Changes neither. */
export function mergeValues(below: unknown, above: unknown): unknown {
  if (!isPlainObject(below) || !isPlainObject(above)) return above
  const merged = { ...below }
  for (const [key, value] of Object.entries(above)) {
    setMember(merged, key, Object.hasOwn(below, key) ? mergeValues(below[key], value) : value)
  }
  return merged
}
