type Path = readonly (string | number)[]

/** Whether something stands at a path of a value. */
export function hasPath(value: unknown, path: Path): boolean {
  let inner = value
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null) return false
    if (Array.isArray(inner) !== (typeof step === 'number') || !Object.hasOwn(inner, step)) return false
    inner = (inner as Record<string | number, unknown>)[step]
  }
  return true
}

/** Whether a path of a value leads to its last entry, and to the last entry of that: where a text that is cut ends. */
export function endsAt(value: unknown, path: Path): boolean {
  let inner = value
  for (const step of path) {
    if (Array.isArray(inner) ? step !== inner.length - 1 : step !== Object.keys(inner as object).at(-1)) return false
    inner = (inner as Record<string | number, unknown>)[step]
  }
  return true
}
