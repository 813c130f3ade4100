import type { ServerLimits } from '@empire/resilience'
import type { Citation } from './citation.ts'
import type { ModelError } from './model-error.ts'
import type { Reasoning } from './reasoning.ts'
import type { ToolCall } from './tool-call.ts'
import type { Usage } from './usage.ts'

/**
 * Why the model stopped: it was done (`stop`), it reached the token limit (`length`), it waits for the results of tools
 * (`tool-calls`), a filter of the vendor cut in (`content-filter`), or anything else (`other`).
 */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

/** How an answer ended. */
export interface Finish {
  readonly reason: FinishReason
  /** The vendor's own word for it, where there is one. */
  readonly vendorReason?: string | undefined
  /** What else the vendor says of the end, as plain JSON data: the stop sequence that it met, why it refused. */
  readonly vendor?: Readonly<Record<string, unknown>> | undefined
  /** The model that answered, by the vendor's name. */
  readonly model?: string | undefined
  /** The vendor's name for this call, to ask its support about. */
  readonly requestId?: string | undefined
}

/**
 * One part of a streamed answer.
 *
 * A text, a piece of reasoning and a call of a tool come as one start, any number of deltas, one end. Vendors that write
 * several at a time number them with `block`; the deltas of a tool call carry its id. `usage` counts the whole call so
 * far: a later one replaces an earlier one, and at least one comes before the end. `finish` is the last part, and there
 * is exactly one; only `interrupted` may stand in its place.
 *
 * New types will come: ignore a part whose type you do not know.
 */
export type StreamPart =
  | { readonly type: 'text-start'; readonly block?: number | undefined }
  | { readonly type: 'text-delta'; readonly text: string; readonly block?: number | undefined }
  | { readonly type: 'text-end'; readonly block?: number | undefined }
  | { readonly type: 'reasoning-start'; readonly block?: number | undefined }
  | { readonly type: 'reasoning-delta'; readonly text: string; readonly block?: number | undefined }
  | ({ readonly type: 'reasoning-end'; readonly block?: number | undefined } & Omit<Reasoning, 'text'>)
  | { readonly type: 'tool-call-start'; readonly id: string; readonly name: string }
  /** A piece of the JSON text of the arguments. */
  | { readonly type: 'tool-call-delta'; readonly id: string; readonly text: string }
  | ({ readonly type: 'tool-call-end' } & ToolCall)
  | { readonly type: 'citation'; readonly citation: Citation }
  /** An image, sound or file that the model made, in base64. */
  | { readonly type: 'media'; readonly mimeType: string; readonly data: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** What the vendor will still accept, as its headers say: for `withRateLimit`. */
  | { readonly type: 'limits'; readonly limits: ServerLimits }
  /** A frame of the vendor that is not known here, as plain JSON data. */
  | { readonly type: 'raw'; readonly vendor: string; readonly frame: unknown }
  /** A failure that did not end the answer. */
  | { readonly type: 'error'; readonly error: ModelError }
  /** The answer broke off after some of it was delivered: what came, what it cost, and why. */
  | {
      readonly type: 'interrupted'
      readonly error: ModelError
      readonly text: string
      readonly usage?: Usage | undefined
    }
  | ({ readonly type: 'finish' } & Finish)
