import type { Alternative, ObjectAlternative, ScalarsAlternative } from './alternative.ts'
import { propertyOf } from './alternative.ts'
import { reasonPairs, type ChangeReason, type Difference } from './change-reason.ts'
import type { Containment } from './containment.ts'
import type { Finding } from './finding.ts'
import { conjunction, conjunctionKey, type Conjunction, type Node } from './node.ts'

/** Values that one side admits and the other does not, or may not. */
export interface Explanation {
  readonly path: readonly (string | number)[]
  readonly reason: ChangeReason
  /** The values in question, as a phrase. */
  readonly values: string
}

/** Pairs of schemas that are gone into at most more than once. */
const mostVisits = 10_000

/** Says why not everything that fits the inner schema fits the outer one; nothing where it does. */
export function explain(innerRoot: Node, outerRoot: Node, containment: Containment, narrows: boolean): Explanation[] {
  const found = new Map<string, Explanation>()
  const onTheWay = new Set<string>()
  const visited = new Set<string>()
  let visits = 0

  function add(difference: Difference, values: string, path: readonly (string | number)[]): void {
    const reason = reasonPairs[difference][narrows ? 0 : 1]
    const key = JSON.stringify([path, reason, values])
    if (!found.has(key)) found.set(key, { path, reason, values })
  }

  function visit(inners: Conjunction, outers: Conjunction, path: readonly (string | number)[]): void {
    if (containment.contains(inners, outers)) return
    const key = `${conjunctionKey(inners)}<${conjunctionKey(outers)}`
    visits += 1
    if (onTheWay.has(key) || (visited.has(key) && visits > mostVisits)) return
    onTheWay.add(key)
    visited.add(key)
    const alternatives = containment.expand(outers)
    for (const alternative of containment.expand(inners)) {
      if (containment.fitsOne(alternative, alternatives)) continue
      if (alternative.kind === 'scalars') explainScalars(alternative, alternatives, path)
      else explainAlternative(alternative, alternatives, path)
    }
    // All of it may be said already, or rest on a comparison that was cut short.
    if (found.size === 0) add('undecidable', 'some values', path)
    onTheWay.delete(key)
  }

  function explainScalars(
    inner: ScalarsAlternative,
    outers: readonly Alternative[],
    path: readonly (string | number)[],
  ): void {
    const missing = containment.unfitting(inner, outers)
    for (const value of missing.slice(0, mostValues)) {
      const near = nearest({ ...inner, values: new Map([[JSON.stringify(value), value]]) }, outers, containment)
      if (value === null) add('type', 'null', path)
      else if (near !== undefined)
        for (const each of containment.findings(inner, near)) add(each.difference, each.values, path)
      else if (typeof value === 'boolean' && missing.includes(!value)) add('type', 'booleans', path)
      else add('value', JSON.stringify(value), path)
    }
    const more = missing.length - mostValues
    if (more > 0) add('value', `${more} further values`, path)
  }

  function explainAlternative(
    inner: Exclude<Alternative, ScalarsAlternative>,
    outers: readonly Alternative[],
    path: readonly (string | number)[],
  ): void {
    const same = outers.filter(({ kind }) => kind === inner.kind)
    const values = outers.flatMap((outer) => (outer.kind === 'scalars' ? [...outer.values.values()] : []))
    const ofKind = values.filter((value) => value !== null && typeof value === inner.kind)
    const candidates = inner.kind === 'object' ? same.filter((outer) => mayMeet(inner, outer, containment)) : same
    const [only, another] = candidates
    if (same.length === 0 && ofKind.length === 0) add('type', kindWords[inner.kind], path)
    else if (same.length === 0) add('value', `${kindWords[inner.kind]} other than ${listed(ofKind)}`, path)
    else if (only !== undefined && another === undefined) findingsOf(inner, only, path)
    else add('member', `some ${kindWords[inner.kind]}${tagWords(inner)}`, path)
  }

  function findingsOf(inner: Alternative, outer: Alternative, path: readonly (string | number)[]): void {
    for (const each of containment.findings(inner, outer)) report(each, path)
  }

  function report({ difference, values, step, deeper }: Finding, path: readonly (string | number)[]): void {
    const place = [...path, ...step]
    if (deeper === undefined) add(difference, values, place)
    else visit(deeper.inner, deeper.outer, place)
  }

  visit(conjunction([innerRoot]), conjunction([outerRoot]), [])
  if (containment.exhausted())
    add('undecidable', 'some values, for the schemas are too large to be compared to the end', [])
  return [...found.values()]
}

/** Values of an enumeration that are listed one by one. */
const mostValues = 100

const kindWords: Readonly<Record<Exclude<Alternative['kind'], 'scalars'>, string>> = {
  number: 'numbers',
  string: 'texts',
  array: 'arrays',
  object: 'objects',
}

/** The only alternative of a scalar's kind whose extras alone refuse it. */
function nearest(
  inner: ScalarsAlternative,
  outers: readonly Alternative[],
  containment: Containment,
): Alternative | undefined {
  const [value] = inner.values.values()
  const near = outers.filter((outer) => outer.kind === 'scalars' && outer.values.has(JSON.stringify(value)))
  return near.length === 1 && containment.unfitting(inner, near).length === 1 ? near[0] : undefined
}

/** False where a property tells the two apart: then the one was not meant by the other. */
function mayMeet(inner: ObjectAlternative, outer: Alternative, containment: Containment): boolean {
  if (outer.kind !== 'object') return false
  for (const name of inner.required) {
    if (!outer.required.has(name)) continue
    const [one, other] = [tagsOf(inner, name, containment), tagsOf(outer, name, containment)]
    if (one !== undefined && other !== undefined && !one.some((value) => other.includes(value))) return false
  }
  return true
}

function tagsOf(object: ObjectAlternative, name: string, containment: Containment): readonly unknown[] | undefined {
  const alternatives = containment.expand(conjunction(propertyOf(object, name)))
  if (alternatives.some(({ kind }) => kind !== 'scalars')) return undefined
  return alternatives.flatMap((each) => (each.kind === 'scalars' ? [...each.values.values()] : []))
}

/** Names a member of a union by the constants that it has. */
function tagWords(alternative: Alternative): string {
  if (alternative.kind !== 'object') return ''
  for (const name of alternative.required) {
    for (const { schema } of propertyOf(alternative, name)) {
      if (typeof schema === 'object' && 'const' in schema) return ` with ${name} ${JSON.stringify(schema['const'])}`
    }
  }
  return ''
}

function listed(values: readonly unknown[]): string {
  const shown = values.slice(0, 5).map((value) => JSON.stringify(value))
  return values.length > 5 ? `${shown.join(', ')} and ${values.length - 5} more` : shown.join(', ')
}
