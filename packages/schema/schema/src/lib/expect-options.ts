import { describeValue } from '@empire/errors'

/** Throws a `TypeError` unless the value is one of the names. */
export function expectOneOf(name: string, value: unknown, names: readonly string[]): void {
  if (names.includes(value as string)) return
  const choice = names.map((each) => `"${each}"`).join(' or ')
  throw new TypeError(`"${name}" must be ${choice}, got ${describeValue(value)}.`)
}

/** Throws a `TypeError` unless the value is a whole number of at least 1, or `Infinity`. */
export function expectLimit(name: string, value: unknown): void {
  if (value === Infinity || (Number.isSafeInteger(value) && Number(value) >= 1)) return
  throw new TypeError(`"${name}" must be a whole number of at least 1, or Infinity, got ${describeValue(value)}.`)
}

/** Throws a `TypeError` unless the value is a function. */
export function expectFunction(name: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new TypeError(`"${name}" must be a function, got ${describeValue(value)}.`)
}
