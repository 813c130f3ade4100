import { EmpireError } from '@empire/errors'

/** Data that is no context, or one of a version that is not known here. `details` holds the `path` of the fault. */
export class InvalidContextJSONError extends EmpireError<'invalid_context_json'> {
  /** @param path Where the fault is: `messages[3]`. @param problem What is wrong there, one sentence. */
  constructor(path: string, problem: string, cause?: unknown) {
    super('invalid_context_json', `The JSON is not that of a context: ${problem}`, { details: { path }, cause })
  }
}
