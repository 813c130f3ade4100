import type { Alternative, Extras, ScalarsAlternative } from './alternative.ts'
import { fitsKeywords } from './fits-keywords.ts'
import { higherBound, lowerBound } from './bound.ts'
import { conjunction } from './node.ts'

/** What fits both alternatives, `undefined` if that is nothing at first sight. */
export function conjoin(left: Alternative, right: Alternative): Alternative | undefined {
  const extras = joinExtras(left, right)
  if (left.kind === 'scalars') return filtered(left, right, extras)
  if (right.kind === 'scalars') return filtered(right, left, extras)
  if (left.kind === 'number' && right.kind === 'number') {
    return {
      kind: 'number',
      integer: left.integer || right.integer,
      lower: higherBound(left.lower, right.lower),
      upper: lowerBound(left.upper, right.upper),
      divisors: union(left.divisors, right.divisors),
      ...extras,
    }
  }
  if (left.kind === 'string' && right.kind === 'string') {
    return {
      kind: 'string',
      ...joinLimits(left, right),
      patterns: union(left.patterns, right.patterns),
      formats: union(left.formats, right.formats),
      ...extras,
    }
  }
  if (left.kind === 'array' && right.kind === 'array') {
    return {
      kind: 'array',
      ...joinLimits(left, right),
      unique: left.unique || right.unique,
      shapes: union(left.shapes, right.shapes),
      containing: union(left.containing, right.containing),
      ...extras,
    }
  }
  if (left.kind === 'object' && right.kind === 'object') {
    return {
      kind: 'object',
      ...joinLimits(left, right),
      required: new Set([...left.required, ...right.required]),
      shapes: union(left.shapes, right.shapes),
      names: conjunction([...left.names, ...right.names]),
      dependents: union(left.dependents, right.dependents),
      ...extras,
    }
  }
  return undefined
}

function filtered(some: ScalarsAlternative, other: Alternative, extras: Extras): Alternative | undefined {
  const values = new Map([...some.values].filter(([, value]) => fitsKeywords(value, other)))
  return values.size === 0 ? undefined : { kind: 'scalars', values, ...extras }
}

/** The alternative with more to fulfil. */
export function withExtras(alternative: Alternative, extras: Partial<Extras>): Alternative {
  return { ...alternative, ...joinExtras(alternative, { nots: [], steps: [], unknown: [], ...extras }) }
}

function joinExtras(left: Extras, right: Extras): Extras {
  return {
    nots: union(left.nots, right.nots),
    steps: [...left.steps, ...right.steps],
    unknown: union(left.unknown, right.unknown),
  }
}

function joinLimits(
  left: { minimum: number; maximum: number },
  right: { minimum: number; maximum: number },
): { minimum: number; maximum: number } {
  return { minimum: Math.max(left.minimum, right.minimum), maximum: Math.min(left.maximum, right.maximum) }
}

function union<Part>(left: readonly Part[], right: readonly Part[]): readonly Part[] {
  if (left.length === 0) return right
  if (right.length === 0) return left
  return [...new Set([...left, ...right])]
}
