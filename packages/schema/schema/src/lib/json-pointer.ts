/** The JSON Pointer (RFC 6901) one step below `pointer`. */
export function pointerTo(pointer: string, ...steps: readonly (string | number)[]): string {
  let longer = pointer
  for (const step of steps) longer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
  return longer
}

/** The steps of a JSON Pointer, unescaped; the empty pointer has none. */
export function pointerSteps(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value that a JSON Pointer names in a document; `undefined` where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document
  for (const step of pointerSteps(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}
