import { describeValue } from '@empire/errors'

/** Refuses a number that is no integer from `least` on. `undefined` passes. */
export function expectInteger(of: string, name: string, value: unknown, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least)) return
  throw new TypeError(`${of}: "${name}" must be an integer from ${least} on, got ${describeValue(value)}.`)
}

/** Refuses what is no function. `undefined` passes. */
export function expectFunction(of: string, name: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return
  throw new TypeError(`${of}: "${name}" must be a function, got ${describeValue(value)}.`)
}

/** Refuses what is no array of strings, each one of `known` where that is given. `undefined` passes. */
export function expectNames(of: string, name: string, value: unknown, known?: readonly string[]): void {
  if (value === undefined) return
  if (!Array.isArray(value)) throw new TypeError(`${of}: "${name}" must be an array, got ${describeValue(value)}.`)
  for (const [index, item] of value.entries()) {
    if (typeof item === 'string' && (known === undefined || known.includes(item))) continue
    const expected = known === undefined ? 'a string' : `one of ${known.join(', ')}`
    throw new TypeError(`${of}: "${name}[${index}]" must be ${expected}, got ${describeValue(item)}.`)
  }
}
