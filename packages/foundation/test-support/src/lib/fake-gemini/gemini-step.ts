import type { ModelStep } from '../fake-model/model-step.ts'

/** What the fake Gemini answers to one request. */
export interface GeminiStep extends ModelStep {
  /** Default: `STOP`. */
  readonly finishReason?: string | undefined
  /** Parts as they are, in the place of thoughts, text and tool calls; streamed one by one. */
  readonly parts?: readonly Readonly<Record<string, unknown>>[] | undefined
  /** More members for the candidate: `groundingMetadata`, `citationMetadata`, `safetyRatings`. Default: none. */
  readonly candidate?: Readonly<Record<string, unknown>> | undefined
  /** Why the prompt was refused, such as `SAFETY`: there is no candidate then. Default: it was not. */
  readonly blockReason?: string | undefined
  /** What the answer is called. Default: made from the number of the request. */
  readonly responseId?: string | undefined
}
