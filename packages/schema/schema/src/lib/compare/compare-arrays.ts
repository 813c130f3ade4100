import { itemAt, prefixLength, type ArrayAlternative, type Containing } from './alternative.ts'
import type { Containment } from './containment.ts'
import { finding, type Finding } from './finding.ts'
import { conjunction, type Conjunction } from './node.ts'

/** What is among the inner arrays and not among the outer ones. */
export function* compareArrays(
  inner: ArrayAlternative,
  outer: ArrayAlternative,
  containment: Containment,
): Generator<Finding> {
  const most = mostItems(inner, containment)
  const least = Math.max(inner.minimum, ...inner.containing.map(({ minimum }) => minimum))
  if (least < outer.minimum) yield finding('bound', `arrays of fewer than ${items(outer.minimum)}`)
  if (most > outer.maximum) yield finding('bound', `arrays of more than ${items(outer.maximum)}`)
  const prefix = Math.max(prefixLength(inner), prefixLength(outer))
  for (let index = 0; index < Math.min(prefix, most); index += 1) {
    yield* compareItems(conjunction(itemAt(inner, index)), conjunction(itemAt(outer, index)), index, containment)
  }
  if (most > prefix) {
    yield* compareItems(conjunction(itemAt(inner, prefix)), conjunction(itemAt(outer, prefix)), '*', containment)
  }
  if (outer.unique && !inner.unique && most > 1) yield finding('uniqueItems', 'arrays with equal items')
  for (const each of outer.containing) {
    if (!hasEnough(inner, each, containment) || !hasFew(inner, each, most, containment)) {
      yield finding('contains', 'arrays with too few or too many of certain items')
    }
  }
}

function* compareItems(
  inner: Conjunction,
  outer: Conjunction,
  step: number | '*',
  containment: Containment,
): Generator<Finding> {
  if (containment.contains(inner, outer)) return
  const where = step === '*' ? 'further items' : `an item at index ${step}`
  if (containment.isEmpty(outer)) yield finding('bound', `arrays with ${where}`)
  else yield { ...finding('undecidable', 'some items', [step]), deeper: { inner, outer } }
}

/** How many items an array can have, also because nothing fits at an index. */
export function mostItems(array: ArrayAlternative, containment: Containment): number {
  const { maximum } = array
  const prefix = prefixLength(array)
  for (let index = 0; index < Math.min(prefix, maximum); index += 1) {
    if (containment.isEmpty(conjunction(itemAt(array, index)))) return index
  }
  return maximum > prefix && containment.isEmpty(conjunction(itemAt(array, prefix))) ? prefix : maximum
}

function hasEnough(inner: ArrayAlternative, wanted: Containing, containment: Containment): boolean {
  if (wanted.minimum <= 0) return true
  const outer = conjunction([wanted.node])
  const same = inner.containing.some(
    ({ node, minimum }) => minimum >= wanted.minimum && containment.contains(conjunction([node]), outer),
  )
  if (same) return true
  let certain = 0
  const prefix = prefixLength(inner)
  for (let index = 0; index < Math.min(prefix, inner.minimum); index += 1) {
    if (containment.contains(conjunction(itemAt(inner, index)), outer)) certain += 1
  }
  if (inner.minimum > prefix && containment.contains(conjunction(itemAt(inner, prefix)), outer)) {
    certain += inner.minimum - prefix
  }
  return certain >= wanted.minimum
}

function hasFew(inner: ArrayAlternative, wanted: Containing, most: number, containment: Containment): boolean {
  if (most <= wanted.maximum) return true
  const outer = conjunction([wanted.node])
  return inner.containing.some(
    ({ node, maximum }) => maximum <= wanted.maximum && containment.contains(outer, conjunction([node])),
  )
}

function items(count: number): string {
  return count === 1 ? '1 item' : `${count} items`
}
