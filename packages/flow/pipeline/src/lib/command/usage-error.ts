import { EmpireError } from '@empire/errors'

/** The command line asks for something that cannot be done. */
export class UsageError extends EmpireError<'usage'> {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('usage', message, options)
  }
}
