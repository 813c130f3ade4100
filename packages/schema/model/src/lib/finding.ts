/**
 * What a check has found: nothing (`true` or `undefined`), that something is wrong (`false`), what is wrong, or that and where.
 * A list has several.
 */
export type Finding = boolean | undefined | void | string | FoundProblem | readonly FoundProblem[]

/** Something that a check has found. */
export interface FoundProblem {
  /** A whole phrase: `must be after "start"`. */
  readonly message: string
  /** The field, or the keys down to the value. Default: what was checked. */
  readonly path?: string | readonly PropertyKey[] | undefined
}

/** The same as a list, whose paths are lists. */
export function problemsIn(finding: Finding, otherwise: string): { message: string; path: PropertyKey[] }[] {
  if (finding === true || finding === undefined) return []
  if (finding === false) return [{ message: otherwise, path: [] }]
  const found = typeof finding === 'string' ? [{ message: finding }] : [finding].flat()
  return (found as FoundProblem[]).map(({ message, path = [] }) => ({
    message,
    path: typeof path === 'string' ? [path] : [...path],
  }))
}
