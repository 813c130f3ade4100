import { EmpireError } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describeIssues, type InputIssue, readIssues } from '../input-issue.ts'

/**
 * What a step of a pipeline from YAML was given, or gave, is not what its registration says. `details` has `step`, `part` and `issues`.
 */
export class InvalidStepDataError extends EmpireError<'invalid_step_data'> {
  /** All that the schema found, in its order. */
  readonly issues: readonly InputIssue[]

  constructor(step: string, part: 'needs' | 'output', found: readonly StandardSchemaV1.Issue[]) {
    const issues = readIssues(found)
    const is = part === 'needs' ? 'are' : 'is'
    super(
      'invalid_step_data',
      `The ${part} of step ${JSON.stringify(step)} ${is} not valid. ${describeIssues(issues)}`,
      {
        details: { step, part, issues },
      },
    )
    this.issues = issues
  }
}
