import { describeValue } from '@empire/errors'
import { InvalidHistoryError } from './invalid-history-error.ts'
import type { Fields } from './vendor-fields.ts'
import type { Vendor } from './wire-entry.ts'

/**
 * Takes a vendor's history apart; what is not as expected is an `InvalidHistoryError` with its path. Texts of the history are
 * nobody's business, and not told, but for those that `refuse` is given.
 */
export interface HistoryReader {
  object(value: unknown, path: string): Fields
  list(value: unknown, path: string): readonly unknown[]
  text(value: unknown, path: string): string
  /** The error for a type, a role or the like, which says what came. */
  refuse(path: string, expected: string, came: unknown): InvalidHistoryError
  /** The error for content, which says only of what kind it is. */
  refuseContent(path: string, expected: string, came: unknown): InvalidHistoryError
}

/** A reader of one vendor's histories. */
export function createHistoryReader(vendor: Vendor): HistoryReader {
  const error = (path: string, expected: string, came: string) =>
    new InvalidHistoryError(vendor.name, path, `expected ${expected}, got ${came}.`)
  const refuseContent = (path: string, expected: string, came: unknown) =>
    error(path, expected, typeof came === 'string' ? 'a string' : describeValue(came))
  return {
    refuse: (path, expected, came) => error(path, expected, describeValue(came)),
    refuseContent,
    object(value, path) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
      throw refuseContent(path, 'an object', value)
    },
    list(value, path) {
      if (Array.isArray(value)) return value
      throw refuseContent(path, 'an array', value)
    },
    text(value, path) {
      if (typeof value === 'string') return value
      throw refuseContent(path, 'a string', value)
    },
  }
}
