import { types } from 'node:util'

/** Values that were frozen with everything in them. */
const frozen = new WeakSet<object>()

/**
 * Freezes arrays and plain objects, and those in them.
 *
 * @returns Whether nothing in `value` can change any more. A date, a map, a proxy or an instance of a class is left as it is.
 */
export function deepFreeze(value: unknown): boolean {
  if (!isObject(value) || frozen.has(value)) return true
  const seen = new Set<object>([value])
  let whole = true
  // A set is walked while it grows: no recursion, and circles end.
  for (const object of seen) {
    if (frozen.has(object)) continue
    if (!isPlain(object)) {
      whole = false
      continue
    }
    Object.freeze(object)
    for (const key of Reflect.ownKeys(object)) {
      const property = Reflect.getOwnPropertyDescriptor(object, key)
      if (property === undefined || !('value' in property)) whole = false
      else if (isObject(property.value)) seen.add(property.value)
    }
  }
  if (whole) for (const object of seen) frozen.add(object)
  return whole
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function isPlain(value: object): boolean {
  // A proxy may answer as it likes, also when it is frozen.
  if (typeof value === 'function' || types.isProxy(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || (Array.isArray(value) && prototype === Array.prototype)
}
