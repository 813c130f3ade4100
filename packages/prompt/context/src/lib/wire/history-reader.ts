import { describeValue } from '@empire/errors'
import { InvalidHistoryError } from './invalid-history-error.ts'
import type { Fields } from './vendor-fields.ts'
import type { Vendor } from './wire-entry.ts'

/** Takes a vendor's history apart; what is not as expected is an `InvalidHistoryError` with its path. */
export interface HistoryReader {
  object(value: unknown, path: string): Fields
  list(value: unknown, path: string): readonly unknown[]
  text(value: unknown, path: string): string
  /** The error for anything else. */
  refuse(path: string, expected: string, came: unknown): InvalidHistoryError
}

/** A reader of one vendor's histories. */
export function createHistoryReader(vendor: Vendor): HistoryReader {
  const error = (path: string, expected: string, came: unknown) =>
    new InvalidHistoryError(vendor.name, path, `expected ${expected}, got ${describeValue(came)}.`)
  return {
    refuse: error,
    object(value, path) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
      throw error(path, 'an object', value)
    },
    list(value, path) {
      if (Array.isArray(value)) return value
      throw error(path, 'an array', value)
    },
    text(value, path) {
      if (typeof value === 'string') return value
      throw error(path, 'a string', value)
    },
  }
}
