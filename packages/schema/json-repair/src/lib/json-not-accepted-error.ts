import { EmpireError } from '@empire/errors'
import type { LadderResult } from './ladder-result.ts'

/**
 * No rung of the ladder led to a value that satisfies the schema: `json_not_accepted`.
 *
 * `details` has the outcome of each rung and the number of issues; what was read is in `result` alone.
 */
export class JsonNotAcceptedError extends EmpireError<'json_not_accepted'> {
  /** The best value that was read from the text, what it lacks, and each rung. */
  declare readonly result: LadderResult<never>

  constructor(result: LadderResult<never>) {
    const outcomes = result.rungs.map(({ rung, outcome }) => `${rung} ${outcome}`)
    const first = result.issues[0]?.message
    super(
      'json_not_accepted',
      `Expected a text that holds a value of the schema, got none (${outcomes.join(', ')})${first === undefined ? '.' : `. First issue: ${first.replace(/\.$/, '')}.`} Ask for the value again, or take the best reading with onInvalid: 'return'.`,
      {
        details: { rungs: outcomes, issues: result.issues.length },
        cause: result.rungs.findLast(({ error }) => error !== undefined)?.error,
      },
    )
    // Not enumerable, so that a log of the error does not write what the text held.
    Object.defineProperty(this, 'result', { value: result })
  }
}
