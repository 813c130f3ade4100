import type { Context } from '@empire/context'
import type { ModelResponse } from '../language-model.ts'
import type { ToolCall } from '../tool-call.ts'
import type { Usage } from '../usage.ts'

/** What came of one call of a tool. */
export interface ToolOutcome {
  readonly call: ToolCall
  /** What the tool gave, or words about what went wrong. */
  readonly result: unknown
  /** Whether the tool failed, does not exist, or was called with wrong arguments. The model is told. */
  readonly isError: boolean
}

/** One answer of the model and what its tools gave. */
export interface ToolStep {
  readonly response: ModelResponse
  /** In the order of the calls. Empty for an answer without calls. */
  readonly results: readonly ToolOutcome[]
}

/** What has happened so far: never empty where it is given. */
export interface ToolLoopState {
  readonly steps: readonly ToolStep[]
  /** The last answer. */
  readonly response: ModelResponse
  /** The tokens of all steps together. */
  readonly usage: Usage
  /** The conversation with all answers and results: every call has its result. */
  readonly context: Context
}

/** Why the loop ended: the model answered without a call, a condition held, or a limit was reached. */
export type ToolLoopEnd = 'answered' | 'condition' | 'steps' | 'tokens' | 'cost' | 'time'

/** How a loop ended. Go on from `context`. */
export interface ToolLoopResult extends ToolLoopState {
  readonly stopped: ToolLoopEnd
}

/** Says after a step whether the loop ends. */
export type StopCondition = (state: ToolLoopState) => boolean | Promise<boolean>
