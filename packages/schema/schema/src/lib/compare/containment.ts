import type { Alternative, ObjectAlternative, Scalar, ScalarsAlternative } from './alternative.ts'
import type { Expand } from './expand.ts'
import type { Finding } from './finding.ts'
import type { Conjunction, Node } from './node.ts'

/** How a schema that says nothing of other properties, or forbids them, is understood. */
export type OtherProperties = 'as-written' | 'forbidden' | 'free'

/** Knows which schemas admit only what others admit. Whatever it cannot prove, it denies. */
export interface Containment {
  readonly expand: Expand
  readonly innerOthers: OtherProperties
  readonly outerOthers: OtherProperties
  /** True if everything that fits the inner schemas is known to fit the outer ones. */
  readonly contains: (inner: Conjunction, outer: Conjunction) => boolean
  /** The same, asked about the value at hand rather than a part of it. */
  readonly containsHere: (inner: Conjunction, outer: Conjunction) => boolean
  /** The same for the objects of an alternative that fit more schemas as well. */
  readonly containsWith: (inner: ObjectAlternative, more: Conjunction, outer: Conjunction) => boolean
  /** Whether all values of an alternative are known to fit one of the others. */
  readonly fitsOne: (inner: Alternative, outers: readonly Alternative[]) => boolean
  /** What the outer alternative is not known to admit. Alternatives of different kinds must not be asked about. */
  readonly findings: (inner: Alternative, outer: Alternative) => Iterable<Finding>
  /** The values that fit none of the alternatives. */
  readonly unfitting: (inner: ScalarsAlternative, outers: readonly Alternative[]) => Scalar[]
  /** True if nothing is known to fit. */
  readonly isEmpty: (schemas: Conjunction) => boolean
  /** True if the scalar is known to fit the schema, or to be refused by it. */
  readonly accepts: (schema: Node, value: Scalar) => boolean
  readonly refuses: (schema: Node, value: Scalar) => boolean
  /** True if an object without the property is refused, whatever code has a say in it. */
  readonly requires: (object: ObjectAlternative, name: string) => boolean
  /** The texts that fit, if they are a finite number that shows. */
  readonly namesOf: (schemas: Conjunction) => readonly string[] | undefined
  /** True once the effort was cut short: answers after that are denials. */
  readonly exhausted: () => boolean
}
