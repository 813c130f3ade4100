import { EmpireError } from '@empire/errors'

/** The numbers of a refusal. */
export interface CannotFitDetails {
  /** Who refused. */
  readonly strategy: string
  /** The budget, in tokens. */
  readonly maxTokens: number | undefined
  /** What the context has now, in tokens. */
  readonly tokens: number
  /** The least that the strategy comes to, in tokens. */
  readonly leastTokens: number
}

/** A budget that cannot be held. The context is as it was; `details` holds the numbers. */
export class CannotFitError extends EmpireError<'cannot_fit'> {
  constructor({ strategy, maxTokens, tokens, leastTokens }: CannotFitDetails) {
    const goal = maxTokens === undefined ? 'meet its condition' : `fit ${tokens} tokens into ${maxTokens}`
    super(
      'cannot_fit',
      `${strategy} cannot ${goal}: ${leastTokens} are left at best. Allow more tokens, pin fewer messages, or add a strategy that shortens more, such as summarizeHistory.`,
      { details: { strategy, maxTokens, tokens, leastTokens } },
    )
  }
}
