/** Values that are frozen to the bottom. */
const frozen = new WeakSet<object>()

/**
 * A frozen copy of arrays and plain objects, and of those in them. What is not plain (a date, a map, an instance of a class) is
 * the same object in the copy. What was made here is not copied again.
 */
export function freezePlain<Value>(value: Value): Value {
  const copies = new Map<object, object>()
  const pending: [source: object, copy: object][] = []
  const whole = copyOf(value)
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [source, copy] = pair
    for (const key of Reflect.ownKeys(source)) {
      if (Array.isArray(source) && key === 'length') continue
      Object.defineProperty(copy, key, {
        value: copyOf(source[key as never]),
        enumerable: Object.prototype.propertyIsEnumerable.call(source, key),
      })
    }
    frozen.add(Object.freeze(copy))
  }
  return whole as Value

  function copyOf(part: unknown): unknown {
    if (!isPlain(part) || frozen.has(part)) return part
    const known = copies.get(part)
    if (known !== undefined) return known
    const prototype: object | null = Object.getPrototypeOf(part)
    const copy = Array.isArray(part) ? Array.from({ length: part.length }) : Object.create(prototype)
    copies.set(part, copy)
    pending.push([part, copy])
    return copy
  }
}

/** Whether a value is an array or an object without a class. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
