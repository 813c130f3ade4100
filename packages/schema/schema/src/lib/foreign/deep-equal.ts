/** A text that is equal for two JSON values exactly if the values are: objects in any order of their keys. */
export function canonicalKey(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  // What JSON has no form for, such as NaN and bigints, equals no value that it has one for.
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : `${typeof value} ${String(value)}`
  // Gaps count as items.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalKey(item)).join(',')}]`
  const record = value as Record<string, unknown>
  const keys = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .toSorted()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalKey(record[key])}`).join(',')}}`
}

/** True for JSON values that are the same: numbers by value, objects in any order of their keys. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    for (let index = 0; index < left.length; index += 1) if (!deepEqual(left[index], right[index])) return false
    return true
  }
  const a = left as Record<string, unknown>
  const b = right as Record<string, unknown>
  const keys = Object.keys(a).filter((key) => a[key] !== undefined)
  const others = Object.keys(b).filter((key) => b[key] !== undefined)
  return keys.length === others.length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
}
