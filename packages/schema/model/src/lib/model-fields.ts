import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { z } from 'zod'
import { type Field, isField } from './field.ts'
import { problemsIn } from './finding.ts'
import { toZod } from './to-zod.ts'

/** The fields of a model: a schema, a model, or either with options, by name. */
export type ModelFields = Readonly<Record<string, StandardSchemaV1 | Field>>

/** A field, made ready. */
export interface PreparedField {
  readonly name: string
  /** The key in data from outside. */
  readonly key: string
  readonly schema: z.ZodType
}

export function prepareFields(fields: unknown): readonly PreparedField[] {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new TypeError(`defineModel: "fields" must be an object of schemas by name, got ${describeValue(fields)}.`)
  }
  const prepared = Object.entries(fields).map(([name, field]) => prepareField(name, field))
  const owners = new Map<string, string>(prepared.map(({ name }) => [name, name]))
  for (const { name, key } of prepared) {
    const owner = owners.get(key) ?? name
    if (owner !== name) {
      throw new TypeError(`defineModel: the key ${JSON.stringify(key)} belongs to the fields "${owner}" and "${name}".`)
    }
    owners.set(key, name)
  }
  return prepared
}

function prepareField(name: string, field: unknown): PreparedField {
  const what = `defineModel: "fields.${name}"`
  // zod, like most of what reads objects, gives this key a meaning of its own.
  if (name === '__proto__') throw new TypeError(`${what} is a name that objects cannot have safely.`)
  if (!isField(field)) return { name, key: name, schema: toZod(field, what) }
  const { alias = name, check, description, secret } = field.options
  let schema = toZod(field.schema, what)
  if (check !== undefined) {
    schema = schema.superRefine((value, context) => {
      for (const { message, path } of problemsIn(check(value as never), 'is not right')) {
        context.addIssue({ code: 'custom', message, path })
      }
    })
  }
  const meta = { ...(description === undefined ? {} : { description }), ...(secret === true ? { secret } : {}) }
  if (Object.keys(meta).length > 0) schema = schema.meta({ ...schema.meta(), ...meta })
  if (Object.hasOwn(field.options, 'default') && field.options.default !== undefined) {
    schema = schema.default(field.options.default as never)
    if (Object.keys(meta).length > 0) schema = schema.meta(meta)
  }
  return { name, key: alias, schema }
}
