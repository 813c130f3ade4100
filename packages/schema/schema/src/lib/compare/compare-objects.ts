import { isAnything, isNamed, propertyOf, type ObjectAlternative, type ObjectShape } from './alternative.ts'
import type { Containment } from './containment.ts'
import { finding, type Finding } from './finding.ts'
import { anything, conjunction, createNode, nothing, type Conjunction, type Node } from './node.ts'

/** Names are texts. */
const text = createNode({ type: 'string' })

/** What is among the inner objects and not among the outer ones. */
export function* compareObjects(
  inner: ObjectAlternative,
  outer: ObjectAlternative,
  containment: Containment,
): Generator<Finding> {
  const namesFit = containment.contains(conjunction([text, ...inner.names]), outer.names)
  const limits = limitsOf(inner, containment)
  for (const name of outer.required) {
    if (containment.requires(inner, name) || !containment.requires(outer, name)) continue
    yield finding('required', `objects without the property ${JSON.stringify(name)}`)
  }
  if (limits.least < outer.minimum) yield finding('bound', `objects of fewer than ${properties(outer.minimum)}`)
  if (limits.most > outer.maximum) yield finding('bound', `objects of more than ${properties(outer.maximum)}`)
  for (const name of namesOf(inner, outer, containment)) {
    yield* compareProperty(name, inner, outer, namesFit, containment)
  }
  if (containment.namesOf(inner.names) === undefined) yield* compareOthers(inner, outer, namesFit, containment)
  for (const { name, node } of outer.dependents) {
    if (!dependentFits(inner, name, node, containment)) {
      yield finding('dependency', `some objects with the property ${JSON.stringify(name)}`)
    }
  }
}

/** The names that either side says something about in particular. */
function namesOf(inner: ObjectAlternative, outer: ObjectAlternative, containment: Containment): ReadonlySet<string> {
  const names = new Set<string>([...(containment.namesOf(inner.names) ?? []), ...inner.required])
  for (const { shapes } of [inner, outer]) {
    for (const shape of shapes) for (const name of shape.properties.keys()) names.add(name)
  }
  return names
}

function* compareProperty(
  name: string,
  inner: ObjectAlternative,
  outer: ObjectAlternative,
  namesFit: boolean,
  containment: Containment,
): Generator<Finding> {
  const own = innerProperty(inner, name, containment)
  if (own[0] === nothing) return
  const other = outerProperty(outer, name, namesFit, containment)
  if (containment.contains(own, other)) return
  if (other[0] === nothing || containment.isEmpty(other)) {
    yield finding('property', `the property ${JSON.stringify(name)}`)
    return
  }
  // Nothing was said of it: rather than each kind of value that is refused, what counts is that it is taken up at all.
  if (isAnything(own) && !isNamed(inner, name)) yield finding('unnamedProperty', 'any value', [name])
  else yield { ...finding('undecidable', 'some values', [name]), deeper: { inner: own, outer: other } }
}

/** What a property of the inner objects has to fit; `nothing` if they cannot have it. */
export function innerProperty(inner: ObjectAlternative, name: string, containment: Containment): Conjunction {
  if (inner.names.some((node) => containment.refuses(node, name))) return [nothing]
  const nodes = conjunction(propertyOf(inner, name))
  return containment.innerOthers === 'forbidden' && !isNamed(inner, name) && isAnything(nodes) ? [nothing] : nodes
}

function outerProperty(
  outer: ObjectAlternative,
  name: string,
  namesFit: boolean,
  containment: Containment,
): Conjunction {
  if (!namesFit && !outer.names.every((node) => containment.accepts(node, name))) return [nothing]
  if (isNamed(outer, name)) return conjunction(propertyOf(outer, name))
  const rests = propertyOf(outer, name)
  if (containment.outerOthers === 'free') return conjunction(rests.filter((node) => node !== nothing))
  const nodes = conjunction(rests)
  return containment.outerOthers === 'forbidden' && isAnything(nodes) ? [nothing] : nodes
}

/** Names that no side mentions: all that is known of their values is what patterns and the rest of a shape say. */
function* compareOthers(
  inner: ObjectAlternative,
  outer: ObjectAlternative,
  namesFit: boolean,
  containment: Containment,
): Generator<Finding> {
  const others = otherValues(inner, containment)
  if (others.some((possibilities) => possibilities.length === 0)) return
  if (!namesFit) {
    const patterns = isClosed(inner, containment) ? patternsOf(inner) : []
    const fit = patterns.length > 0 && patterns.every((pattern) => containment.contains(pattern, outer.names))
    if (!fit) yield finding('propertyNames', 'objects with certain other property names')
  }
  for (const shape of outer.shapes) {
    for (const { source, node } of shape.patterns) {
      yield* compareRest(othersMatching(inner, source, containment), conjunction([node]), containment)
    }
    const sources = new Set(shape.patterns.map(({ source }) => source))
    yield* compareRest(othersBeside(inner, sources, containment), restOf(shape, containment), containment)
  }
  if (outer.shapes.length === 0 && containment.outerOthers === 'forbidden') {
    yield* compareRest(others, [nothing], containment)
  }
}

function* compareRest(
  choices: readonly Possibilities[],
  outer: Conjunction,
  containment: Containment,
): Generator<Finding> {
  const refused = choices.map((possibilities) => possibilities.find((inner) => !containment.contains(inner, outer)))
  const [inner] = refused
  if (inner === undefined || refused.includes(undefined)) return
  if (containment.isEmpty(outer)) yield finding('otherProperties', 'other properties')
  else yield { ...finding('undecidable', 'some values', ['*']), deeper: { inner, outer } }
}

function restOf({ rest }: ObjectShape, { outerOthers }: Containment): Conjunction {
  if (outerOthers === 'free' && rest === nothing) return []
  return outerOthers === 'forbidden' && rest === anything ? [nothing] : conjunction([rest])
}

/** A value fits at least one of these. */
type Possibilities = readonly Conjunction[]

/**
 * What the value under an unmentioned name has to fit, seen from each shape with patterns: whichever of them apply, and in
 * any case what the shapes without patterns say. Any of the choices is enough to know that a value fits something.
 */
function otherValues(
  inner: ObjectAlternative,
  containment: Containment,
  possible: (shape: ObjectShape) => readonly Node[] = ({ patterns, rest }) => [
    rest,
    ...patterns.map(({ node }) => node),
  ],
): readonly Possibilities[] {
  const certain = inner.shapes.filter(({ patterns }) => patterns.length === 0).flatMap((shape) => possible(shape))
  const patterned = inner.shapes.filter(({ patterns }) => patterns.length > 0)
  const choices = patterned.length === 0 ? [[anything]] : patterned.map(possible)
  return choices.map((nodes) =>
    nodes
      .map((node) => conjunction([...certain, node]))
      .filter((each) => each[0] !== nothing && !(containment.innerOthers === 'forbidden' && isAnything(each))),
  )
}

function othersMatching(inner: ObjectAlternative, source: string, containment: Containment): readonly Possibilities[] {
  return otherValues(inner, containment, ({ patterns, rest }) => {
    const same = patterns.filter((pattern) => pattern.source === source)
    return same.length > 0 ? same.map(({ node }) => node) : [rest, ...patterns.map(({ node }) => node)]
  })
}

function othersBeside(
  inner: ObjectAlternative,
  sources: ReadonlySet<string>,
  containment: Containment,
): readonly Possibilities[] {
  return otherValues(inner, containment, ({ patterns, rest }) => [
    rest,
    ...patterns.filter(({ source }) => !sources.has(source)).map(({ node }) => node),
  ])
}

function isClosed(object: ObjectAlternative, containment: Containment): boolean {
  return object.shapes.some(
    ({ rest }) => rest === nothing || (containment.innerOthers === 'forbidden' && rest === anything),
  )
}

/** The names that a closed object may have beside those that are mentioned, as schemas of texts. */
function patternsOf(object: ObjectAlternative): Conjunction[] {
  const closed = object.shapes.find(({ rest }) => rest === nothing)
  return (closed?.patterns ?? []).map(({ source }) => [createNode({ type: 'string', pattern: source })])
}

/** How many properties an object has at least and at most, also because of those that it must and may have. */
export function limitsOf(object: ObjectAlternative, containment: Containment): { least: number; most: number } {
  const required = [...object.required].filter((name) => containment.requires(object, name))
  const least = Math.max(object.minimum, required.length)
  const names = containment.namesOf(object.names)
  const closed = object.shapes.find(({ rest, patterns }) => rest === nothing && patterns.length === 0)
  const counts = [object.maximum, ...(names === undefined ? [] : [names.length])]
  if (closed !== undefined) counts.push(closed.properties.size)
  return { least, most: Math.min(...counts) }
}

/** Whether all inner objects with the property fit the schema. */
function dependentFits(inner: ObjectAlternative, name: string, node: Node, containment: Containment): boolean {
  const property = innerProperty(inner, name, containment)
  if (property[0] === nothing || containment.isEmpty(property)) return true
  if (inner.dependents.some((own) => own.name === name && containment.containsHere([own.node], [node]))) return true
  const having: ObjectAlternative = { ...inner, required: new Set([...inner.required, name]) }
  const consequences = conjunction(inner.dependents.filter((own) => own.name === name).map((own) => own.node))
  return containment.containsWith(having, consequences, [node])
}

function properties(count: number): string {
  return count === 1 ? '1 property' : `${count} properties`
}
