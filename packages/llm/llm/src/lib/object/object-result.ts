import type { RepairEdit } from '@empire/json-repair'
import type { ModelResponse } from '../language-model.ts'
import type { Usage } from '../usage.ts'

/** An object that a model wrote, and how it came about. */
export interface ObjectResult<Output> {
  /** As the schema gives it out. */
  readonly value: Output
  /** How often the model was asked. */
  readonly attempts: number
  /** The tokens of all attempts together. */
  readonly usage: Usage
  /** The answer that the value is from. */
  readonly response: ModelResponse
  /** What was repaired in its text. Empty for valid JSON. */
  readonly edits: readonly RepairEdit[]
}
