/** Whether two pieces of plain data are equal. The order of properties does not count; the depth is not limited. */
export function sameData(one: unknown, other: unknown): boolean {
  const open: (readonly [unknown, unknown])[] = [[one, other]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair
    if (a === b) continue
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
    if (Array.isArray(a) !== Array.isArray(b)) return false
    const entries = Object.entries(a)
    if (entries.length !== Object.keys(b).length) return false
    for (const [key, value] of entries) {
      if (!Object.hasOwn(b, key)) return false
      open.push([value, Reflect.get(b, key)])
    }
  }
  return true
}
