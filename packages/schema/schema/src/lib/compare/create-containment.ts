import {
  propertyOf,
  type Alternative,
  type ObjectAlternative,
  type Scalar,
  type ScalarsAlternative,
} from './alternative.ts'
import { mayMakeValue, stepsAgree } from './code-step.ts'
import { compareArrays, mostItems } from './compare-arrays.ts'
import { compareNumbers, isEmptyRange } from './compare-numbers.ts'
import { compareObjects, innerProperty, limitsOf } from './compare-objects.ts'
import type { Containment, OtherProperties } from './containment.ts'
import { compareStrings } from './compare-strings.ts'
import { conjoin } from './conjoin.ts'
import { createDisjointness } from './disjointness.ts'
import type { Expand } from './expand.ts'
import { finding, type Finding } from './finding.ts'
import { fitsKeywords } from './fits-keywords.ts'
import { areIdentical } from './identical.ts'
import { conjunction, conjunctionKey, type Conjunction, type Node } from './node.ts'
import { splitByConstants } from './split-by-constants.ts'

export interface ContainmentOptions {
  readonly expand: Expand
  readonly innerOthers: OtherProperties
  readonly outerOthers: OtherProperties
}

/** Comparisons of two alternatives, or of two schemas about one value, that are made at most; then all else is denied. */
const mostComparisons = 300_000
/** How often a schema about the same value may lead to another before the answer is a denial. */
const mostTurns = 32

interface Open {
  readonly index: number
  readonly level: number
}

/**
 * Decides containment of recursive schemas: a pair that is met again on the way, one level deeper in the value, is taken to
 * hold. What rests on such a pair is remembered only once the pair itself has held.
 */
export function createContainment(options: ContainmentOptions): Containment {
  const { expand, innerOthers, outerOthers } = options
  const settled = new Map<string, boolean>()
  const provisional = new Map<string, number>()
  const trail: string[] = []
  const open = new Map<string, Open>()
  const empty = new Map<string, boolean>()
  const names = new Map<string, readonly string[] | undefined>()
  let lowest = Infinity
  let level = 0
  let turns = 0
  let comparisons = 0

  function contains(inner: Conjunction, outer: Conjunction): boolean {
    if (outer.length === 0) return true
    level += 1
    const held = look(inner, outer)
    level -= 1
    return held
  }

  /** The same, about the value at hand rather than a part of it. */
  function containsHere(inner: Conjunction, outer: Conjunction): boolean {
    return turn(() => outer.length === 0 || look(inner, outer))
  }

  function look(inner: Conjunction, outer: Conjunction): boolean {
    const key = `${conjunctionKey(inner)}<${conjunctionKey(outer)}`
    const known = settled.get(key)
    if (known !== undefined) return known
    const assumed = provisional.get(key) ?? open.get(key)?.index
    if (assumed === undefined) return decide(key, inner, outer)
    if (open.get(key)?.level === level) return false
    lowest = Math.min(lowest, assumed)
    return true
  }

  function decide(key: string, inner: Conjunction, outer: Conjunction): boolean {
    const index = open.size
    const before = trail.length
    const outside = lowest
    lowest = Infinity
    open.set(key, { index, level })
    const outers = expand(outer)
    const holds = expand(inner).every((alternative) => fitsOne(alternative, outers))
    open.delete(key)
    const own = lowest
    lowest = outside
    if (!holds || own >= index) {
      const late = trail.splice(before)
      for (const each of late) {
        provisional.delete(each)
        if (holds) settled.set(each, true)
      }
      settled.set(key, holds)
      return holds
    }
    provisional.set(key, own)
    trail.push(key)
    lowest = Math.min(lowest, own)
    return true
  }

  function fitsOne(inner: Alternative, outers: readonly Alternative[]): boolean {
    if (inner.kind === 'scalars') return unfitting(inner, outers).length === 0 || isVoid(inner)
    const same = outers.filter(({ kind }) => kind === inner.kind)
    if (same.some((outer) => isWithin(inner, outer))) return true
    if (isEmptyAlternative(inner) || isVoid(inner)) return true
    if (inner.kind !== 'object' || same.length < 2) return false
    const parts = splitByConstants(inner, expand)
    return parts !== undefined && parts.every((part) => same.some((outer) => isWithin(part, outer)))
  }

  function isWithin(inner: Alternative, outer: Alternative): boolean {
    comparisons += 1
    if (comparisons > mostComparisons) return false
    for (const _ of findings(inner, outer)) return false
    return true
  }

  function* findings(inner: Alternative, outer: Alternative): Generator<Finding> {
    // What alternatives add comes last: it is the costly part, and seldom what tells two apart.
    if (inner.kind === 'number' && outer.kind === 'number') yield* compareNumbers(inner, outer)
    else if (inner.kind === 'string' && outer.kind === 'string') yield* compareStrings(inner, outer)
    else if (inner.kind === 'array' && outer.kind === 'array') yield* compareArrays(inner, outer, containment)
    else if (inner.kind === 'object' && outer.kind === 'object') yield* compareObjects(inner, outer, containment)
    yield* extraFindings(inner, outer)
  }

  function* extraFindings(inner: Alternative, outer: Alternative, value?: Scalar): Generator<Finding> {
    if (!stepsAgree(inner.steps, outer.steps)) {
      const keywords = [...new Set([...outer.steps, ...inner.steps].map(({ keyword }) => keyword))]
      yield finding('code', `some values, for code takes part in it (${keywords.join(', ')})`)
    }
    for (const node of outer.unknown) {
      if (inner.unknown.some((own) => areIdentical(own, node))) continue
      yield finding('undecidable', 'some values')
    }
    for (const node of outer.nots) {
      if (inner.nots.some((own) => containsHere([node], [own]))) continue
      if (value === undefined ? disjointness.areDisjoint(inner, node) : refuses(node, value)) continue
      yield finding('exclusion', 'values that must not fit another schema')
    }
  }

  /** Goes on about the same value: such steps do not count as going deeper, and must end. */
  function turn(decideHere: () => boolean): boolean {
    comparisons += 1
    if (turns >= mostTurns || comparisons > mostComparisons) return false
    turns += 1
    const held = decideHere()
    turns -= 1
    return held
  }

  function unfitting(inner: ScalarsAlternative, outers: readonly Alternative[]): Scalar[] {
    return [...inner.values.values()].filter((value) => !outers.some((outer) => admits(outer, value, inner)))
  }

  function admits(outer: Alternative, value: Scalar, inner: Alternative): boolean {
    if (!fitsKeywords(value, outer) || (outer.kind === 'string' && outer.formats.length > 0)) return false
    for (const _ of extraFindings(inner, outer, value)) return false
    return true
  }

  function accepts(schema: Node, value: Scalar): boolean {
    const alone: ScalarsAlternative = {
      kind: 'scalars',
      values: new Map([[JSON.stringify(value), value]]),
      nots: [],
      steps: [],
      unknown: [],
    }
    return turn(() => unfitting(alone, expand(conjunction([schema]))).length === 0)
  }

  function refuses(schema: Node, value: Scalar): boolean {
    return turn(() =>
      expand(conjunction([schema])).every(
        (alternative) =>
          alternative.steps.every(({ effect }) => effect === 'wider') &&
          (!fitsKeywords(value, alternative) || alternative.nots.some((not) => accepts(not, value))),
      ),
    )
  }

  /** Whether what an alternative must not fit leaves nothing of it. */
  function isVoid(inner: Alternative): boolean {
    return inner.nots.some((node) => turn(() => fitsOne({ ...inner, nots: [] }, expand(conjunction([node])))))
  }

  function isEmpty(schemas: Conjunction): boolean {
    const key = conjunctionKey(schemas)
    const known = empty.get(key)
    if (known !== undefined) return known
    // A schema that holds itself is taken to have values.
    empty.set(key, false)
    const result = expand(schemas).every((alternative) => isEmptyAlternative(alternative))
    empty.set(key, result)
    return result
  }

  function isEmptyAlternative(alternative: Alternative): boolean {
    if (alternative.steps.some(({ effect }) => effect !== 'wider')) return false
    switch (alternative.kind) {
      case 'scalars':
        return alternative.values.size === 0
      case 'number':
        return isEmptyRange(alternative)
      case 'string':
        return alternative.minimum > alternative.maximum
      case 'array':
        return alternative.minimum > 0 && alternative.minimum > mostItems(alternative, containment)
      case 'object': {
        const { least, most } = limitsOf(alternative, containment)
        if (least > most) return true
        return [...alternative.required].some(
          (name) => requires(alternative, name) && isEmpty(innerProperty(alternative, name, containment)),
        )
      }
    }
  }

  function requires(object: ObjectAlternative, name: string): boolean {
    if (!object.required.has(name)) return false
    const nodes = propertyOf(object, name)
    if (!nodes.some(({ document }) => document.noted && document.incoming)) return true
    return !expand(conjunction(nodes)).some(({ steps }) => steps.some(mayMakeValue))
  }

  function namesOf(schemas: Conjunction): readonly string[] | undefined {
    if (schemas.length === 0) return undefined
    const key = conjunctionKey(schemas)
    if (!names.has(key)) names.set(key, findNames(schemas))
    return names.get(key)
  }

  function findNames(schemas: Conjunction): readonly string[] | undefined {
    const found: string[] = []
    for (const alternative of expand(schemas)) {
      if (alternative.kind === 'string' || alternative.steps.some(({ effect }) => effect !== 'wider')) return undefined
      if (alternative.kind !== 'scalars') continue
      for (const value of alternative.values.values()) if (typeof value === 'string') found.push(value)
    }
    return found
  }

  const containment: Containment = {
    expand,
    innerOthers,
    outerOthers,
    contains,
    containsHere,
    containsWith: (inner, more, outer) =>
      turn(() => {
        const outers = expand(outer)
        return expand(more).every((other) => {
          const both = conjoin(inner, other)
          return both === undefined || fitsOne(both, outers)
        })
      }),
    fitsOne,
    findings,
    unfitting,
    isEmpty,
    accepts,
    refuses,
    requires,
    namesOf,
    exhausted: () => comparisons > mostComparisons,
  }
  const disjointness = createDisjointness(containment, turn)
  return containment
}
