import { describeValue } from '@empire/errors'

/** The error for a field that is not what it has to be. */
export function mismatch(field: string, expected: string, came: unknown): TypeError {
  return new TypeError(`Expected "${field}" to be ${expected}, got ${describeValue(came)}.`)
}
