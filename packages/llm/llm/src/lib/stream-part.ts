import type { Usage } from './usage.ts'

/**
 * Why the model stopped: it was done (`stop`), it reached the token limit (`length`), a filter of the vendor cut in
 * (`content-filter`), or anything else (`other`).
 */
export type FinishReason = 'stop' | 'length' | 'content-filter' | 'other'

/** How an answer ended. */
export interface Finish {
  readonly reason: FinishReason
  /** The vendor's own word for it, where there is one. */
  readonly vendorReason?: string | undefined
}

/**
 * One part of a streamed answer.
 *
 * A text comes as one `text-start`, any number of `text-delta`, one `text-end`; its text is the deltas joined.
 * `usage` counts the whole call so far: a later one replaces an earlier one, and at least one comes before the end.
 * `finish` is the last part, and there is exactly one.
 *
 * New types will come: ignore a part whose type you do not know.
 */
export type StreamPart =
  | { readonly type: 'text-start' }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'text-end' }
  | { readonly type: 'usage'; readonly usage: Usage }
  | ({ readonly type: 'finish' } & Finish)
