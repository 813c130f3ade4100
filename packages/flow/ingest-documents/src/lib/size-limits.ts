import { describeValue, expectKnownKeys } from '@empire/errors'

/** How large a file may be. */
export interface SizeLimitOptions {
  /** The most bytes of the file. Default: 64 MiB. */
  readonly maxBytes?: number | undefined
  /** The most bytes that what is compressed in it may have. Default: 256 MiB. */
  readonly maxInflatedBytes?: number | undefined
}

/** Checks the limits, and fills in the defaults. */
export function sizeLimits(options: SizeLimitOptions): { maxBytes: number; maxInflatedBytes: number } {
  expectKnownKeys('"options"', options, ['maxBytes', 'maxInflatedBytes'])
  const { maxBytes = 64 * 1024 * 1024, maxInflatedBytes = 256 * 1024 * 1024 } = options
  for (const [name, value] of Object.entries({ maxBytes, maxInflatedBytes })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new TypeError(`Expected "${name}" to be a whole number from 1, got ${describeValue(value)}.`)
    }
  }
  return { maxBytes, maxInflatedBytes }
}
