import { describeValue } from '@empire/errors'

/** Refuses what has no members. */
export function expectObject(where: string, value: unknown): asserts value is object {
  if (typeof value === 'object' && value !== null) return
  throw new TypeError(`${where} must be an object, got ${describeValue(value)}.`)
}

/** Refuses what is no whole number of things. */
export function expectCount(where: string, value: unknown): void {
  if (Number.isSafeInteger(value) && (value as number) >= 1) return
  throw new TypeError(`${where} must be a whole number of at least 1, got ${describeValue(value)}.`)
}

/** Refuses what is no time to wait. */
export function expectMilliseconds(where: string, value: unknown, least = 0): void {
  if (typeof value === 'number' && value >= least && value < Infinity) return
  throw new TypeError(`${where} must be a number of milliseconds, at least ${least}, got ${describeValue(value)}.`)
}

/** A lease that is shorter than a few answers of the database would be lost by who is alive. */
export function expectLease(where: string, value: unknown): void {
  expectMilliseconds(where, value, 100)
}

/**
 * Refuses what PostgreSQL cannot keep as a name or an id: it has no NUL, its indexes take no longer ones, and halves of characters
 * would all be the same.
 */
export function expectName(where: string, value: unknown, longest = 500): asserts value is string {
  const isName = typeof value === 'string' && value !== '' && value.length <= longest
  if (isName && !value.includes('\0') && value.isWellFormed()) return
  throw new TypeError(
    `${where} must be a string of 1 to ${longest} characters without NUL and lone surrogates, got ${typeof value === 'string' && value !== '' ? 'another' : describeValue(value)}.`,
  )
}
