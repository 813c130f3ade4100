import { EmpireError } from '@empire/errors'

/** Something is asked for that cannot be done as it stands: an option, the budget, the current folder. */
export class UsageError extends EmpireError<'usage'> {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('usage', message, options)
  }
}
