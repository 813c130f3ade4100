import { describeValue, expectKnownKeys } from '@empire/errors'

/** How large a file may be. */
export interface SizeLimitOptions {
  /** The most bytes of the file. Default: 64 MiB. */
  readonly maxBytes?: number | undefined
  /** The most bytes that what is compressed in it may have. Default: 256 MiB. */
  readonly maxInflatedBytes?: number | undefined
}

/**
 * Checks the limits, and fills in the defaults.
 *
 * @param others The names of other options that there may be.
 */
export function sizeLimits(
  options: SizeLimitOptions,
  others: readonly string[] = [],
): { maxBytes: number; maxInflatedBytes: number } {
  expectKnownKeys('"options"', options, ['maxBytes', 'maxInflatedBytes', ...others])
  const { maxBytes = 64 * 1024 * 1024, maxInflatedBytes = 256 * 1024 * 1024 } = options
  expectLimit('maxBytes', maxBytes)
  expectLimit('maxInflatedBytes', maxInflatedBytes)
  return { maxBytes, maxInflatedBytes }
}

/** Refuses what is no whole number from 1. */
export function expectLimit(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return
  throw new TypeError(`Expected "${name}" to be a whole number from 1, got ${describeValue(value)}.`)
}
