import type { ModelRequest } from './model-request.ts'
import type { Finish, StreamPart } from './stream-part.ts'
import type { Usage } from './usage.ts'

/** Options of one call of a model. */
export interface CallOptions {
  /** Ends the call at once; the call then throws `signal.reason` untouched. */
  readonly signal?: AbortSignal | undefined
}

/** A whole answer. */
export interface ModelResponse {
  /** All text of the answer. */
  readonly text: string
  readonly usage: Usage
  readonly finish: Finish
}

/** Anything that answers requests: a vendor's client, a wrapper around one, a program. Calls may run concurrently. */
export interface LanguageModel {
  /** Names the model in logs, prices and records: `gemini-2.5-pro`, `extractive`. */
  readonly id: string
  /**
   * The answer part by part. Nothing is asked before the first part is pulled, and each part is made when it is pulled.
   * The iterable is consumed once; leaving it early ends the call.
   *
   * Throws while it is iterated: `ModelError`, or `signal.reason`.
   */
  stream(request: ModelRequest, options?: CallOptions): AsyncIterable<StreamPart>
  /** The whole answer at once. Rejects with what `stream` throws. */
  generate(request: ModelRequest, options?: CallOptions): Promise<ModelResponse>
}
