import { describeValue } from '@empire/errors'

/** Refuses what is no whole number from `least` up. */
export function expectCount(name: string, value: unknown, least = 1): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return
  throw new TypeError(`Expected "${name}" to be a whole number from ${least}, got ${describeValue(value)}.`)
}

/** Refuses what has none of the methods of a contract. */
export function expectMethods(name: string, value: unknown, contract: string, methods: readonly string[]): void {
  const found = value as Record<string, unknown> | null | undefined
  if (methods.every((method) => typeof found?.[method] === 'function')) return
  throw new TypeError(
    `Expected "${name}" to be ${/^[AEIOU]/.test(contract) ? 'an' : 'a'} ${contract}, got ${describeValue(value)}.`,
  )
}

/** Refuses what is no function. */
export function expectFunction(name: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new TypeError(`Expected "${name}" to be a function, got ${describeValue(value)}.`)
}

/** Refuses what is no time in milliseconds. */
export function expectDelay(name: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return
  throw new TypeError(`Expected "${name}" to be milliseconds from 0, got ${describeValue(value)}.`)
}
