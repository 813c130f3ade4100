import { describeValue } from '@empire/errors'

export function expectObject(where: string, value: unknown, what: string): asserts value is Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return
  throw new TypeError(`${where} must be ${what}, got ${describeValue(value)}.`)
}

export function expectBoolean(where: string, value: unknown): asserts value is boolean {
  if (typeof value === 'boolean') return
  throw new TypeError(`${where} must be true or false, got ${describeValue(value)}.`)
}

export function expectFunction(where: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new TypeError(`${where} must be a function, got ${describeValue(value)}.`)
}

export function expectCount(where: string, value: unknown): asserts value is number {
  if (typeof value === 'number' && (value === Infinity || (Number.isSafeInteger(value) && value >= 1))) return
  throw new TypeError(`${where} must be a whole number of at least 1, got ${describeValue(value)}.`)
}

export function expectMilliseconds(where: string, value: unknown): asserts value is number {
  if (typeof value === 'number' && value >= 0) return
  throw new TypeError(`${where} must be a number of milliseconds, at least 0, got ${describeValue(value)}.`)
}

/** Lone surrogates are refused as well: files and databases would make one name of several. */
export function expectText(where: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`${where} must be a string that is not empty, got ${describeValue(value)}.`)
  }
  if (!value.isWellFormed()) {
    throw new TypeError(`${where} must be a string without lone surrogates, got ${describeValue(value)}.`)
  }
}
