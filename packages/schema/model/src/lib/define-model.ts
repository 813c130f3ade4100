import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Computed } from './computed.ts'
import { createModel } from './create-model.ts'
import type { Field } from './field.ts'
import type { Model } from './model.ts'
import { type ModelFields, prepareFields } from './model-fields.ts'
import { type ComputedFields, expectModelOptions, type ModelOptions } from './model-options.ts'
import { createModelWriter } from './create-model-writer.ts'
import { createUpdate } from './create-update.ts'
import { buildSchema } from './model-schema.ts'
import { setWriter } from './writer.ts'

type InputOf<Part> =
  Part extends Field<infer Input> ? Input : Part extends StandardSchemaV1 ? StandardSchemaV1.InferInput<Part> : never
type OutputOf<Part> =
  Part extends Field<unknown, infer Output>
    ? Output
    : Part extends StandardSchemaV1
      ? StandardSchemaV1.InferOutput<Part>
      : never

type Flat<Members> = { [Key in keyof Members]: Members[Key] }
type OptionalKeys<Members> = { [Key in keyof Members]: undefined extends Members[Key] ? Key : never }[keyof Members]
type WithOptional<Members> = Flat<
  { [Key in Exclude<keyof Members, OptionalKeys<Members>>]: Members[Key] } & {
    [Key in OptionalKeys<Members>]?: Members[Key]
  }
>

/** What `create` takes for fields. */
export type ModelInput<Fields> = WithOptional<{ [Name in keyof Fields]: InputOf<Fields[Name]> }>
/** The checked fields of an instance. */
export type ModelOutput<Fields> = Readonly<WithOptional<{ [Name in keyof Fields]: OutputOf<Fields[Name]> }>>
/** An instance: its fields, and what is worked out. */
export type ModelInstance<Fields, Extra> = Readonly<
  Flat<
    ModelOutput<Fields> & { [Name in keyof Extra]: Extra[Name] extends Computed<never, infer Output> ? Output : never }
  >
>

/**
 * Makes a model of named fields.
 *
 * Data may have a field under its alias or its name. Instances are frozen plain data: nested arrays and objects too.
 *
 * @throws {TypeError} When a field or an option is not what it has to be.
 */
export function defineModel<
  const Fields extends ModelFields,
  Extra extends ComputedFields<ModelOutput<Fields>> = Record<never, never>,
>(
  name: string,
  fields: Fields,
  options: ModelOptions<ModelOutput<Fields>, Extra> = {},
): Model<ModelInput<Fields>, ModelInstance<Fields, Extra>> {
  expectName('defineModel', name)
  expectModelOptions('defineModel', options)
  const prepared = prepareFields(fields)
  const built = buildSchema(name, prepared, options as ModelOptions)
  setWriter(built.schema, createModelWriter(prepared, options as ModelOptions))
  const { schema, make } = built
  const model = createModel({ name, description: options.description, schema, make })
  const update = createUpdate(name, prepared, options as ModelOptions, built, model.parse)
  return Object.freeze({ ...model, update }) as never
}

export function expectName(what: string, name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[^\p{Cc}]+$/u.test(name)) return
  throw new TypeError(`${what}: "name" must be a text of one line, got ${describeValue(name)}.`)
}
