import { EmpireError } from '@empire/errors'

/** The command line asks for something that cannot be done as it stands. */
export class UsageError extends EmpireError<'usage'> {
  constructor(message: string) {
    super('usage', message)
  }
}
