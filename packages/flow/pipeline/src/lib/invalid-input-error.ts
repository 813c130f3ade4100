import { EmpireError } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describeIssues, type InputIssue, readIssues } from './input-issue.ts'

/** The schema of the pipeline refused the input; no step was started. `details` has `pipeline` and all `issues`. */
export class InvalidInputError extends EmpireError<'invalid_input'> {
  /** All that the schema found, in its order. */
  readonly issues: readonly InputIssue[]

  constructor(pipeline: string, found: readonly StandardSchemaV1.Issue[]) {
    const issues = readIssues(found)
    super(
      'invalid_input',
      `The input of pipeline ${JSON.stringify(pipeline)} is not valid. ${describeIssues(issues)}`,
      {
        details: { pipeline, issues },
      },
    )
    this.issues = issues
  }
}
