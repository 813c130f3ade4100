import type { z } from 'zod'
import { valueAt } from './describe-data.ts'

type Issues = readonly z.core.$ZodIssue[]

/**
 * The issues of that option of a union which was most likely meant; nothing where no option got beyond the value itself.
 *
 * An option with another literal was hardly meant, nor one whose keys are not there; then the fewest issues decide.
 */
export function nearestOption(options: readonly Issues[], value: unknown): Issues | undefined {
  const ranked = options.filter(isReached).map((issues) => ({ issues, distance: distanceOf(issues, value) }))
  return ranked.toSorted((a, b) => compare(a.distance, b.distance))[0]?.issues
}

function isReached(issues: Issues): boolean {
  return (
    issues.length > 0 &&
    issues.every(({ path, code }) => path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value'))
  )
}

function distanceOf(issues: Issues, value: unknown): readonly number[] {
  const count = (counts: (issue: Issues[number]) => boolean): number => issues.filter(counts).length
  return [
    count(({ code, path }) => code === 'invalid_value' && path.length === 1),
    count(({ code, path }) => code === 'unrecognized_keys' || valueAt(value, path) === undefined),
    issues.length,
  ]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((number, at) => number !== b[at])
  return index === -1 ? 0 : (a[index] as number) - (b[index] as number)
}
