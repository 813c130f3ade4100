import { itemAt, prefixLength, type Alternative, type ArrayAlternative, type ObjectAlternative } from './alternative.ts'
import { innerProperty } from './compare-objects.ts'
import { isEmptyRange } from './compare-numbers.ts'
import { conjoin } from './conjoin.ts'
import type { Containment } from './containment.ts'
import { conjunction, conjunctionKey, type Conjunction, type Node } from './node.ts'

export interface Disjointness {
  /** True if no value of the alternative is known to fit the schema. */
  readonly areDisjoint: (alternative: Alternative, schema: Node) => boolean
}

/** @param turn Bounds how often one schema about the same value leads to another. */
export function createDisjointness(containment: Containment, turn: (look: () => boolean) => boolean): Disjointness {
  const known = new Map<string, boolean>()

  function areDisjoint(alternative: Alternative, schema: Node): boolean {
    return turn(() =>
      containment
        .expand(conjunction([schema]))
        .every(
          (other) =>
            excludeEachOther(alternative, other) ||
            (areForms(alternative, other) &&
              other.nots.some((not) => containment.fitsOne(alternative, containment.expand(conjunction([not]))))),
        ),
    )
  }

  function excludeEachOther(left: Alternative, right: Alternative): boolean {
    if (!areForms(left, right)) return false
    const both = conjoin(left, right)
    if (both === undefined) return true
    switch (both.kind) {
      case 'scalars':
        return both.values.size === 0
      case 'number':
        return isEmptyRange(both)
      case 'string':
        return both.minimum > both.maximum
      case 'array':
        return both.minimum > both.maximum || arraysExclude(both)
      case 'object':
        return both.minimum > both.maximum || objectsExclude(both)
    }
  }

  function arraysExclude(both: ArrayAlternative): boolean {
    const certain = Math.min(both.minimum, prefixLength(both) + 1)
    for (let index = 0; index < certain; index += 1) if (isNone(conjunction(itemAt(both, index)))) return true
    return false
  }

  function objectsExclude(both: ObjectAlternative): boolean {
    return [...both.required].some(
      (name) => containment.requires(both, name) && isNone(innerProperty(both, name, containment)),
    )
  }

  /** Whether nothing fits all of the schemas: by pairs of alternatives, for `isEmpty` sees no more than each of them. */
  function isNone(schemas: Conjunction): boolean {
    const key = conjunctionKey(schemas)
    const answer = known.get(key)
    if (answer !== undefined) return answer
    known.set(key, false)
    const none = containment.expand(schemas).every((each) => excludeEachOther(each, each))
    known.set(key, none)
    return none
  }

  return { areDisjoint }
}

/** Whether the forms of both admit all that they admit. */
function areForms(...alternatives: readonly Alternative[]): boolean {
  return alternatives.every(({ steps }) => steps.every(({ effect }) => effect === 'wider'))
}
