import { EmpireError } from '@empire/errors'
import { describeIssues } from './describe-issues.ts'
import type { Issue } from './issue.ts'

/** How many issues the message lists: the others are in `issues`. */
const listed = 50

/** A value does not fit its schema. The message has a line for each issue, with what was expected and what came. */
export class InvalidValueError extends EmpireError<'invalid_value'> {
  /** All issues, as `check` gives them. */
  readonly issues: readonly Issue[]

  /** @param value What was checked: the message says what came at each path. Secrets are hidden, the value is not kept. */
  constructor(issues: readonly Issue[], value: unknown) {
    const shown = issues.slice(0, listed)
    const rest = issues.length - shown.length
    const more = rest === 0 ? '' : `\n- … and ${rest} more: see "issues"`
    super('invalid_value', `The value does not fit the schema:\n${describeIssues(shown, value)}${more}`, {
      details: { issues: shown.map(({ path, code, message }) => ({ path: path.map(String), code, message })) },
    })
    this.issues = issues
  }
}
