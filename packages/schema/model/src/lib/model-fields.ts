import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import { type Field, isField } from './field.ts'
import { addFinding, problemsIn } from './finding.ts'
import { ownDefault } from './own-default.ts'
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
  const prepared = Object.entries(Object.getOwnPropertyDescriptors(fields))
    .filter(([, { enumerable }]) => enumerable)
    .map(([name, { get, value }]) =>
      get === undefined ? prepareField(name, value) : prepareLater(name, get.bind(fields)),
    )
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

/** A getter is asked when data is checked: by then the model that it is about has been made. */
function prepareLater(name: string, get: () => unknown): PreparedField {
  expectSafeKey(`defineModel: "fields.${name}"`, name)
  const what = `defineModel: what the getter of "fields.${name}" gives`
  const schema = z.lazy(() => {
    const given = get()
    if (isField(given)) throw new TypeError(`${what} must be a schema, got a field() with options.`)
    return toZod(given, what)
  })
  return { name, key: name, schema }
}

function expectSafeKey(what: string, key: string): void {
  // zod, like most of what reads objects, gives this key a meaning of its own.
  if (key === '__proto__')
    throw new TypeError(`${what} must have another name than "__proto__": objects cannot have it safely.`)
}

function prepareField(name: string, field: unknown): PreparedField {
  const what = `defineModel: "fields.${name}"`
  expectSafeKey(what, name)
  if (!isField(field)) return { name, key: name, schema: toZod(field, what) }
  const { alias = name, check, description, secret } = field.options
  expectSafeKey(`${what}: the alias`, alias)
  let schema = toZod(field.schema, what)
  if (check !== undefined) {
    schema = schema.superRefine((value, context) => {
      for (const found of problemsIn(check(value as never), 'a valid value')) addFinding(context, found)
    })
  }
  const meta = { ...(description === undefined ? {} : { description }), ...(secret === true ? { secret } : {}) }
  if (Object.keys(meta).length > 0) schema = schema.meta({ ...schema.meta(), ...meta })
  if (field.options.default !== undefined) {
    schema = schema.default(ownDefault(field.options.default) as never)
    if (Object.keys(meta).length > 0) schema = schema.meta(meta)
  }
  return { name, key: alias, schema }
}
