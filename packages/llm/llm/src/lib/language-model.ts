import type { ServerLimits } from '@empire/resilience'
import type { Citation } from './citation.ts'
import type { ModelRequest } from './model-request.ts'
import type { Reasoning } from './reasoning.ts'
import type { Finish, StreamPart } from './stream-part.ts'
import type { ToolCall } from './tool-call.ts'
import type { Usage } from './usage.ts'

/** Options of one call of a model. */
export interface CallOptions {
  /** Ends the call at once; the call then throws `signal.reason` untouched. */
  readonly signal?: AbortSignal | undefined
  /** Greater goes first where calls wait in line; a whole number from -1000 to 1000. Default: 0. */
  readonly priority?: number | undefined
  /**
   * What the layers around one call share: a budget of attempts, a reservation of money. Passed on as it came; models
   * that are no wrapper ignore it.
   */
  readonly scope?: ReadonlyMap<symbol, unknown> | undefined
}

/** An image, sound or file that a model made. */
export interface ModelMedia {
  /** `image/png`. */
  readonly mimeType: string
  /** The content in base64. */
  readonly data: string
}

/** A whole answer. */
export interface ModelResponse {
  /** All text of the answer. */
  readonly text: string
  /** What the model thought, in order. */
  readonly reasoning: readonly Reasoning[]
  /** The tools that the model wants called, in order. */
  readonly toolCalls: readonly ToolCall[]
  /** The sources that the vendor names, in order. */
  readonly citations: readonly Citation[]
  /** What the model made beside text, in order. */
  readonly media: readonly ModelMedia[]
  readonly usage: Usage
  readonly finish: Finish
  /** What the vendor will still accept, where it says so. */
  readonly limits?: ServerLimits | undefined
}

/** What a model can do beyond text. What is missing is not known. */
export interface ModelCapabilities {
  /** Calls tools. */
  readonly tools?: boolean | undefined
  /** Enforces the form of the answer that `output` asks for. */
  readonly structuredOutput?: boolean | undefined
  /** Caches up to the marks of `cacheBreakpoints`. */
  readonly cacheBreakpoints?: boolean | undefined
}

/** Anything that answers requests: a vendor's client, a wrapper around one, a program. Calls may run concurrently. */
export interface LanguageModel {
  /** Names the model in logs, prices and records: `gemini-2.5-pro`, `extractive`. */
  readonly id: string
  /** Who answers, for prices and telemetry: `claude`, `gemini`. Missing where nobody else is asked. */
  readonly vendor?: string | undefined
  readonly capabilities?: ModelCapabilities | undefined
  /** The most tokens that it writes in one answer, where that is known. */
  readonly maxOutputTokens?: number | undefined
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
