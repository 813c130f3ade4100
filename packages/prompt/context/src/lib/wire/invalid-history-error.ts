import { EmpireError } from '@empire/errors'

/** A vendor's history with something in it that a context has no form for. `details` holds `vendor` and `path`. */
export class InvalidHistoryError extends EmpireError<'invalid_history'> {
  /** @param path Where: `messages[2].content[0].type`. @param problem What was expected and what came. */
  constructor(vendor: string, path: string, problem: string, cause?: unknown) {
    super('invalid_history', `This history of ${vendor} cannot be read: ${path}: ${problem}`, {
      ...(cause === undefined ? {} : { cause }),
      details: { vendor, path },
    })
  }
}
