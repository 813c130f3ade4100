import { createEstimator, type TokenCounter } from '@empire/tokens'
import { describeValue } from '@empire/errors'
import { expectCount, expectMethods } from './expect-options.ts'

/** How large chunks are. */
export interface ChunkSizeOptions {
  /** The most tokens of a chunk. A single character that counts more is a chunk by itself. Default: 512. */
  readonly maxTokens?: number | undefined
  /** Counts the tokens. Default: the estimator of `@empire/tokens`. */
  readonly counter?: TokenCounter | undefined
}

/** How large chunks are that repeat the end of the one before. */
export interface OverlapOptions extends ChunkSizeOptions {
  /** The most tokens that a chunk repeats, at most half of `maxTokens`. Default: 0. */
  readonly overlap?: number | undefined
}

/** The size of chunks, checked. */
export interface ChunkSize {
  readonly maxTokens: number
  readonly overlap: number
  /** The tokens of a text. */
  readonly count: (text: string) => number
  /** For the fingerprint of a chunker. */
  readonly description: string
}

/** Checks the options for the size, and fills in the defaults. */
export function chunkSize({ maxTokens = 512, overlap = 0, counter = createEstimator() }: OverlapOptions): ChunkSize {
  expectCount('maxTokens', maxTokens)
  expectCount('overlap', overlap, 0)
  if (overlap > maxTokens / 2) {
    throw new TypeError(
      `Expected "overlap" to be at most half of "maxTokens" (${maxTokens}), got ${describeValue(overlap)}.`,
    )
  }
  expectMethods('counter', counter, 'TokenCounter', ['count'])
  const description = `maxTokens=${maxTokens}${overlap > 0 ? ` overlap=${overlap}` : ''} counter=${counter.name}`
  return { maxTokens, overlap, count: (text) => counter.count(text), description }
}
