import { describeValue } from '@empire/errors'

/** Throws a `TypeError` unless it is a positive integer, or left out. */
export function checkCount(name: string, value: unknown): void {
  if (value === undefined || (Number.isSafeInteger(value) && Number(value) > 0)) return
  throw new TypeError(`Expected "${name}" to be a positive integer, got ${describeValue(value)}.`)
}
