import type { RepairIssue, RepairRung } from './repair-rung.ts'

interface LadderFacts {
  /** Each rung that was tried, in order. */
  readonly rungs: readonly RepairRung[]
  /** What all calls of the model cost together, in the unit of `ask`. */
  readonly cost: number
}

/** A value that satisfies the schema, or with `onInvalid: 'return'` the best reading of the text and what it lacks. */
export type LadderResult<Output> =
  | (LadderFacts & { readonly valid: true; readonly value: Output; readonly issues: readonly [] })
  | (LadderFacts & { readonly valid: false; readonly value: unknown; readonly issues: readonly RepairIssue[] })
