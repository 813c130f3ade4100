import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectMembers } from './expect-members.ts'
import type { Finding } from './finding.ts'

/** What a field of a model has beside its schema. */
export interface FieldOptions<Value> {
  /** The key in data from outside, where it is not the name of the field. */
  readonly alias?: string | undefined
  /**
   * The value of a missing key, or what makes it. It is not checked. Each instance has a copy of its own; only what cannot be
   * copied, such as instances of classes and what holds them, is shared: for these, give a function.
   */
  readonly default?: Value | (() => Value) | undefined
  readonly description?: string | undefined
  /** Whether the value must never show in a message. Default: `false`. */
  readonly secret?: boolean | undefined
  /** What is wrong with a value that fits the schema: see `Finding`. */
  readonly check?: ((value: Value) => Finding) | undefined
}

/** A schema with options; made by `field`. */
export interface Field<Input = unknown, Output = unknown> {
  readonly schema: StandardSchemaV1<Input, Output>
  readonly options: FieldOptions<never>
}

const brand = Symbol.for('empire.model.field')
const kinds: Readonly<Record<string, string>> = {
  alias: 'string',
  default: '',
  description: 'string',
  secret: 'boolean',
  check: 'function',
}

/** Gives a field of a model an alias, a default, a check or a description. */
export function field<
  Schema extends StandardSchemaV1,
  Options extends FieldOptions<StandardSchemaV1.InferOutput<Schema>>,
>(
  schema: Schema,
  options: Options,
): Field<
  Options extends { readonly default: unknown }
    ? StandardSchemaV1.InferInput<Schema> | undefined
    : StandardSchemaV1.InferInput<Schema>,
  StandardSchemaV1.InferOutput<Schema>
> {
  expectMembers('field', options, kinds)
  return Object.freeze({ schema, options, [brand]: true }) as never
}

export function isField(value: unknown): value is Field {
  return typeof value === 'object' && value !== null && brand in value
}
