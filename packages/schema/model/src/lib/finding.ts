import { describeValue } from '@empire/errors'
import type { z } from 'zod'

/**
 * What a check has found: nothing (`true`, `undefined` or `null`), that something is wrong (`false`), what was expected
 * instead, or that and where. A list has several.
 */
export type Finding = boolean | undefined | null | void | string | FoundProblem | readonly (string | FoundProblem)[]

/** Something that a check has found. */
export interface FoundProblem {
  /** What was expected: `a day after "start"`. */
  readonly message: string
  /** The field, or the keys down to the value. Default: what was checked. */
  readonly path?: string | readonly PropertyKey[] | undefined
}

/** The same as a list, whose paths are lists. `otherwise` is what was expected where a check does not say. */
export function problemsIn(finding: Finding, otherwise: string): { message: string; path: PropertyKey[] }[] {
  if (finding === true || finding === undefined || finding === null) return []
  return (Array.isArray(finding) ? finding : [finding === false ? otherwise : finding]).map(toProblem)
}

function toProblem(found: unknown): { message: string; path: PropertyKey[] } {
  const { message, path = [] } = (typeof found === 'string' ? { message: found } : found) as FoundProblem
  if (typeof message === 'string' && message !== '') {
    return { message, path: typeof path === 'string' ? [path] : [...path] }
  }
  // Nobody waits for it any more.
  if (found instanceof Promise) found.catch(() => undefined)
  throw new TypeError(
    `A check must give true or nothing, false, what was expected in words, or { message, path }, got ${describeValue(found)}.`,
  )
}

/** What an issue of zod carries that was made by a check or a computed field of a model: its message says what was expected. */
interface FindingParams {
  readonly isFinding: true
  /** What came, where that is not in the data. */
  readonly received?: string | undefined
}

/** Where findings go: the context of zod's refinements and transforms. */
export interface FindingContext {
  addIssue(issue: { code: 'custom'; message: string; path: PropertyKey[]; params: Record<string, unknown> }): void
}

export function addFinding(
  context: FindingContext,
  { message, path, received }: { message: string; path: PropertyKey[]; received?: string },
): void {
  const params: FindingParams = { isFinding: true, received }
  context.addIssue({ code: 'custom', message, path, params: { ...params } })
}

/** What `addFinding` has left in an issue. */
export function findingOf(issue: z.core.$ZodIssue): FindingParams | undefined {
  const params = issue.code === 'custom' ? (issue.params as Partial<FindingParams> | undefined) : undefined
  return params?.isFinding === true ? (params as FindingParams) : undefined
}
