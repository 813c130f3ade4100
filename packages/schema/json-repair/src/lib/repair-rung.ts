/** What a value lacks, as a validator says it. */
export interface RepairIssue {
  readonly message: string
  /** Where, from the root. */
  readonly path: readonly (string | number)[]
}

/**
 * How one rung of the ladder ended.
 *
 * - `valid`: its value satisfies the schema, and is the result
 * - `invalid`: there is a value, with issues
 * - `rejected`: the value satisfies the schema, but `accept` said no
 * - `failed`: there is no value, with the error: the text or the answer holds none, or the call failed or took too long
 * - `refused`: the breaker is open, so the model was not asked
 * - `too_large`, `too_deep`: the text or the answer is beyond a limit
 */
export type RungOutcome = 'valid' | 'invalid' | 'rejected' | 'failed' | 'refused' | 'too_large' | 'too_deep'

/** What one rung of the ladder came to. */
export interface RepairRung {
  /** `structural`: the likeliest reading; `schema`: the other readings; `model`: an answer of the model. */
  readonly rung: 'structural' | 'schema' | 'model'
  readonly outcome: RungOutcome
  /** Why it is `failed` or `refused`. */
  readonly error?: unknown
  /** What the value lacks, where it is `invalid`. */
  readonly issues: readonly RepairIssue[]
  /** Milliseconds. */
  readonly duration: number
  /** What the call cost, as `ask` stated it. 0 where no model was asked. */
  readonly cost: number
}
