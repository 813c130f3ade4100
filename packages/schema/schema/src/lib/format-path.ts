const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** A path as code would write it: `items[2].price`, `headers["content-type"]`. The value itself is `(value)`. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(value)'
  return path.map((key, index) => step(key, index === 0)).join('')
}

function step(key: PropertyKey, first: boolean): string {
  if (typeof key === 'number') return `[${key}]`
  if (typeof key === 'symbol') return `[${String(key)}]`
  if (!name.test(key)) return `[${JSON.stringify(key)}]`
  return first ? key : `.${key}`
}
