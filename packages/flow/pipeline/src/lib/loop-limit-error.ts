import { EmpireError } from '@empire/errors'

/** A loop was not done after all the turns it may take. `details` has `step` and `max`. */
export class LoopLimitError extends EmpireError<'loop_limit'> {
  constructor(step: string, max: number) {
    super(
      'loop_limit',
      `Loop ${JSON.stringify(step)} is not done after ${max} turns, the most it may take. Raise "max", or see why "until" stays false.`,
      { details: { step, max } },
    )
  }
}
