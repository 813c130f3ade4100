import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import type { Computed } from './computed.ts'
import { createModel } from './create-model.ts'
import type { Field } from './field.ts'
import { findProblems } from './find-problems.ts'
import { isPlain } from './freeze-plain.ts'
import { InvalidModelError } from './invalid-model-error.ts'
import type { Model } from './model.ts'
import { type ModelFields, type PreparedField, prepareFields } from './model-fields.ts'
import { type ComputedFields, expectModelOptions, type ModelOptions } from './model-options.ts'
import { buildSchema, type ModelSchema } from './model-schema.ts'
import { type SerializeOptions, serializeValue } from './serialize-value.ts'

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
  expectModelOptions(options)
  const prepared = prepareFields(fields)
  const built = buildSchema(name, prepared, options as ModelOptions)
  const serialize = createSerializer(prepared, options as ModelOptions)
  const model = createModel(name, options.description, built.schema, serialize)
  return Object.freeze({ ...model, update: createUpdate(name, prepared, options as ModelOptions, built) }) as never
}

export function expectName(what: string, name: unknown): asserts name is string {
  if (typeof name === 'string' && name !== '') return
  throw new TypeError(`${what}: "name" must be a string that is not empty, got ${describeValue(name)}.`)
}

function createSerializer(fields: readonly PreparedField[], { computed = {} }: ModelOptions) {
  const byName = new Map(fields.map((field) => [field.name, field]))
  return (instance: unknown, options: SerializeOptions): unknown => {
    if (!isPlain(instance)) {
      throw new TypeError(`serialize: "instance" must be an instance of the model, got ${describeValue(instance)}.`)
    }
    const members = Object.entries(instance).flatMap(([name, value]) => {
      if (options.computed === false && Object.hasOwn(computed, name)) return []
      const field = byName.get(name)
      const schema = field?.schema ?? computedSchema(computed, name)
      return [[options.keys === 'name' ? name : (field?.key ?? name), serializeValue(schema, value, options)] as const]
    })
    return Object.fromEntries(members.filter(([, value]) => value !== undefined))
  }
}

const anything = z.unknown()

function computedSchema(computed: Readonly<Record<string, Computed>>, name: string): z.ZodType {
  const schema: unknown = Object.hasOwn(computed, name) ? computed[name]?.schema : undefined
  return schema instanceof z.ZodType ? schema : anything
}

function createUpdate(name: string, fields: readonly PreparedField[], options: ModelOptions, built: ModelSchema) {
  return function update(
    instance: Readonly<Record<string, unknown>>,
    changes: Readonly<Record<string, unknown>>,
  ): unknown {
    expectObject('"instance"', instance)
    expectObject('"changes"', changes)
    const { unknownKeys = 'ignore', computed = {} } = options
    const changed = fields.filter((field) => Object.hasOwn(changes, field.name) || Object.hasOwn(changes, field.key))
    const shape = Object.fromEntries(
      changed.map((field) => [Object.hasOwn(changes, field.key) ? field.key : field.name, field.schema]),
    )
    const strict =
      unknownKeys === 'forbid'
        ? z.strictObject(shape)
        : unknownKeys === 'allow'
          ? z.looseObject(shape)
          : z.object(shape)
    const untouched = Object.entries(instance).filter(([key]) => !Object.hasOwn(computed, key))
    const schema = strict.transform((values, context) => {
      const renamed = Object.entries(values).map(([key, value]) => [
        fields.find((field) => field.key === key)?.name ?? key,
        value,
      ])
      const whole = Object.fromEntries([
        ...untouched,
        ...renamed.filter(([key]) => !Object.hasOwn(computed, key as string)),
      ])
      return built.judge(whole, context) ? built.finish(whole, context) : z.NEVER
    })
    const result = schema.safeParse(changes, { jitless: true })
    if (result.success) return result.data
    throw new InvalidModelError(name, findProblems(schema, changes, result.error.issues))
  }
}

function expectObject(what: string, value: unknown): void {
  if (isPlain(value) && !Array.isArray(value)) return
  throw new TypeError(`update: ${what} must be an object, got ${describeValue(value)}.`)
}
