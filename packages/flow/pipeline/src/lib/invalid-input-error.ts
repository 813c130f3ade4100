import { EmpireError } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'

const mostInMessage = 5

/** One thing that is wrong with the input. */
export interface InputIssue {
  /** Keys from the root to the faulty value; empty for the input itself. */
  path: (string | number)[]
  /** What the schema says about it. */
  message: string
}

/** The schema of the pipeline refused the input; no step was started. `details` has `pipeline` and all `issues`. */
export class InvalidInputError extends EmpireError<'invalid_input'> {
  /** All that the schema found, in its order. */
  readonly issues: readonly InputIssue[]

  constructor(pipeline: string, found: readonly StandardSchemaV1.Issue[]) {
    const issues = found.map(({ path = [], message }) => ({ path: path.map(toKey), message }))
    const sentences = issues.slice(0, mostInMessage).map(describeIssue)
    if (issues.length > mostInMessage) sentences.push(`And ${issues.length - mostInMessage} issues more.`)
    super('invalid_input', `The input of pipeline ${JSON.stringify(pipeline)} is not valid. ${sentences.join(' ')}`, {
      details: { pipeline, issues },
    })
    this.issues = issues
  }
}

function describeIssue({ path, message }: InputIssue): string {
  const text = path.length === 0 ? message : `${path.join('.')}: ${message}`
  return text.endsWith('.') ? text : `${text}.`
}

function toKey(segment: PropertyKey | StandardSchemaV1.PathSegment): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'symbol' ? String(key) : key
}
