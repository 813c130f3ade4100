import { EmpireError } from '@empire/errors'

/** A journal was to keep what would not come back from JSON as it is. `details` has `path`, from the root to the value. */
export class NotJsonError extends EmpireError<'not_json'> {
  /** @param what `The output of step "a"`. @param found What is there: `a date`. */
  constructor(what: string, found: string, path: readonly (string | number)[]) {
    const place = path.length === 0 ? '' : ` at ${path.map((segment) => JSON.stringify(segment)).join('.')}`
    super('not_json', `${what} must be JSON for the journal, got ${found}${place}. Give plain data.`, {
      details: { path },
    })
  }
}
