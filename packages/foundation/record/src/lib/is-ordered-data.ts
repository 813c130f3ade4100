const deepest = 16

/**
 * Whether `JSON.stringify` gives the canonical JSON of a value, which it does much faster: of plain data that is not deep, and whose
 * names are in order already.
 */
export function isOrderedData(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed()
    case 'number':
      return Number.isFinite(value)
    case 'boolean':
      return true
    case 'object':
      if (value === null) return true
      return depth < deepest && (Array.isArray(value) ? isOrderedArray(value, depth) : isOrderedObject(value, depth))
    default:
      return false
  }
}

function isOrderedArray(array: readonly unknown[], depth: number): boolean {
  if ('toJSON' in array) return false
  for (const element of array) if (!isOrderedData(element, depth + 1)) return false
  return true
}

function isOrderedObject(object: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in object) return false
  let previous = ''
  for (const name of Object.keys(object)) {
    if (name < previous || !name.isWellFormed()) return false
    const member = (object as Record<string, unknown>)[name]
    // One that is undefined is left out by both.
    if (member !== undefined && !isOrderedData(member, depth + 1)) return false
    previous = name
  }
  return true
}
