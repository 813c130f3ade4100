import type { StandardSchemaV1 } from '@standard-schema/spec'

/** One thing that is wrong. */
export interface ContractIssue {
  /** From the argument, the result, the item or the error on; starts with the argument's number where there are several. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The issues of a schema, as data that JSON can hold. `at` is where the value of the schema stands. */
export function toContractIssues(
  issues: readonly StandardSchemaV1.Issue[],
  at: readonly (string | number)[],
): ContractIssue[] {
  if (issues.length === 0) return [{ path: at, message: 'Refused without a reason' }]
  return issues.map(({ path = [], message }) => ({ path: [...at, ...path.map(toKey)], message: String(message) }))
}

function toKey(segment: PropertyKey | StandardSchemaV1.PathSegment): string | number {
  const key = typeof segment === 'object' && segment !== null ? segment.key : segment
  return typeof key === 'number' ? key : String(key)
}
