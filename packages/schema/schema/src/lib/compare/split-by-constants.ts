import { propertyOf, type ObjectAlternative } from './alternative.ts'
import type { Expand } from './expand.ts'
import { anything, conjunction, createNode } from './node.ts'

const mostParts = 256

/**
 * Cuts the objects of an alternative in parts, one for each constant that a required property may have. Parts may fit
 * different members of a union where the whole fits none. Takes the first such property with several constants.
 */
export function splitByConstants(object: ObjectAlternative, expand: Expand): readonly ObjectAlternative[] | undefined {
  for (const name of object.required) {
    const alternatives = expand(conjunction(propertyOf(object, name)))
    const values = alternatives.flatMap((each) => (each.kind === 'scalars' ? [...each.values.values()] : []))
    if (alternatives.some(({ kind }) => kind !== 'scalars') || values.length < 2 || values.length > mostParts) continue
    return values.map((value) => ({
      ...object,
      shapes: [
        ...object.shapes,
        { properties: new Map([[name, createNode({ const: value })]]), patterns: [], rest: anything },
      ],
    }))
  }
  return undefined
}
