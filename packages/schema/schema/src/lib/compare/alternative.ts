import type { Bound } from './bound.ts'
import type { CodeStep } from './code-step.ts'
import { anything, type Conjunction, type Node } from './node.ts'

/** A JSON value that holds no others. */
export type Scalar = null | boolean | number | string

/** What every alternative may add to the keywords of its kind. */
export interface Extras {
  /** Schemas that a value must not fit. */
  readonly nots: readonly Node[]
  /** Code that has a say, in the order in which it runs. */
  readonly steps: readonly CodeStep[]
  /** Schemas with keywords that no rule here understands: they are only ever equal to themselves. */
  readonly unknown: readonly Node[]
}

export interface ScalarsAlternative extends Extras {
  readonly kind: 'scalars'
  /** By their JSON. */
  readonly values: ReadonlyMap<string, Scalar>
}

export interface NumberAlternative extends Extras {
  readonly kind: 'number'
  readonly integer: boolean
  readonly lower: Bound
  readonly upper: Bound
  readonly divisors: readonly number[]
}

export interface StringAlternative extends Extras {
  readonly kind: 'string'
  readonly minimum: number
  readonly maximum: number
  readonly patterns: readonly string[]
  readonly formats: readonly string[]
}

/** The keywords about items of one schema object. */
export interface ArrayShape {
  readonly prefix: readonly Node[]
  readonly rest: Node
}

export interface Containing {
  readonly node: Node
  readonly minimum: number
  readonly maximum: number
}

export interface ArrayAlternative extends Extras {
  readonly kind: 'array'
  readonly minimum: number
  readonly maximum: number
  readonly unique: boolean
  readonly shapes: readonly ArrayShape[]
  readonly containing: readonly Containing[]
}

export interface PatternProperty {
  readonly source: string
  readonly expression: RegExp
  readonly node: Node
}

/** The keywords about properties of one schema object: those that `rest` is about depend on the others. */
export interface ObjectShape {
  readonly properties: ReadonlyMap<string, Node>
  readonly patterns: readonly PatternProperty[]
  readonly rest: Node
}

export interface ObjectAlternative extends Extras {
  readonly kind: 'object'
  readonly minimum: number
  readonly maximum: number
  readonly required: ReadonlySet<string>
  readonly shapes: readonly ObjectShape[]
  /** What the names have to fit. */
  readonly names: Conjunction
  /** What an object has to fit if it has a property. */
  readonly dependents: readonly { readonly name: string; readonly node: Node }[]
}

/** One of the ways to fit a schema: all values of an alternative are of one kind. */
export type Alternative =
  | ScalarsAlternative
  | NumberAlternative
  | StringAlternative
  | ArrayAlternative
  | ObjectAlternative

export const noExtras: Extras = { nots: [], steps: [], unknown: [] }

export function scalars(values: readonly Scalar[]): ScalarsAlternative {
  return { kind: 'scalars', values: new Map(values.map((value) => [JSON.stringify(value), value])), ...noExtras }
}

export const anyNumber: NumberAlternative = {
  kind: 'number',
  integer: false,
  lower: { value: -Infinity, exclusive: false },
  upper: { value: Infinity, exclusive: false },
  divisors: [],
  ...noExtras,
}

export const anyString: StringAlternative = {
  kind: 'string',
  minimum: 0,
  maximum: Infinity,
  patterns: [],
  formats: [],
  ...noExtras,
}

export const anyArray: ArrayAlternative = {
  kind: 'array',
  minimum: 0,
  maximum: Infinity,
  unique: false,
  shapes: [],
  containing: [],
  ...noExtras,
}

export const anyObject: ObjectAlternative = {
  kind: 'object',
  minimum: 0,
  maximum: Infinity,
  required: new Set(),
  shapes: [],
  names: [],
  dependents: [],
  ...noExtras,
}

/** Every JSON value. */
export const everything: readonly Alternative[] = [
  scalars([null, true, false]),
  anyNumber,
  anyString,
  anyArray,
  anyObject,
]

/** What an item at an index has to fit. */
export function itemAt(array: ArrayAlternative, index: number): Node[] {
  return array.shapes.map(({ prefix, rest }) => prefix[index] ?? rest)
}

/** How many items have schemas of their own. */
export function prefixLength(array: ArrayAlternative): number {
  return Math.max(0, ...array.shapes.map(({ prefix }) => prefix.length))
}

/** What a property of an object has to fit, but for the rules about its name. */
export function propertyOf(object: ObjectAlternative, name: string): Node[] {
  return object.shapes.flatMap(({ properties, patterns, rest }) => {
    const nodes = patterns.filter(({ expression }) => expression.test(name)).map(({ node }) => node)
    const own = properties.get(name)
    if (own !== undefined) nodes.push(own)
    return nodes.length === 0 ? [rest] : nodes
  })
}

/** True if some schema of the object says something about the name in particular. */
export function isNamed(object: ObjectAlternative, name: string): boolean {
  return (
    object.required.has(name) ||
    object.shapes.some(
      ({ properties, patterns }) => properties.has(name) || patterns.some(({ expression }) => expression.test(name)),
    )
  )
}

/** Whether everything fits. */
export function isAnything(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node === anything || node.schema === true)
}
