import type { StandardSchemaV1 } from '@standard-schema/spec'

const mostInMessage = 5

/** One thing that is wrong with a value. */
export interface InputIssue {
  /** Keys from the root to the faulty value; empty for the value itself. */
  path: (string | number)[]
  /** What the schema says about it. */
  message: string
}

/** What a schema found, as plain data. */
export function readIssues(found: readonly StandardSchemaV1.Issue[]): InputIssue[] {
  return found.map(({ path = [], message }) => ({ path: path.map(toKey), message }))
}

/** The first issues in sentences, for a message. */
export function describeIssues(issues: readonly InputIssue[]): string {
  const sentences = issues.slice(0, mostInMessage).map(describeIssue)
  if (issues.length > mostInMessage) sentences.push(`And ${issues.length - mostInMessage} issues more.`)
  return sentences.join(' ')
}

function describeIssue({ path, message }: InputIssue): string {
  const text = path.length === 0 ? message : `${path.join('.')}: ${message}`
  return text.endsWith('.') ? text : `${text}.`
}

function toKey(segment: PropertyKey | StandardSchemaV1.PathSegment): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'symbol' ? String(key) : key
}
