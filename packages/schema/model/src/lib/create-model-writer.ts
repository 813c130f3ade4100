import { describeValue } from '@empire/errors'
import { isPlain } from './freeze-plain.ts'
import type { PreparedField } from './model-fields.ts'
import type { ModelOptions } from './model-options.ts'
import { toJson } from './to-json.ts'
import { toZod } from './to-zod.ts'
import { partWriter, type Writer } from './writer.ts'

/** What writes the instances of a model with fields. */
export function createModelWriter(fields: readonly PreparedField[], { computed = {} }: ModelOptions): Writer {
  const extras = Object.entries(computed).map(([name, { schema }]) => ({
    name,
    key: name,
    schema: toZod(schema, name),
  }))
  const places = new Map(
    [...fields, ...extras].map(({ name, key, schema }) => [name, { key, write: partWriter(schema) }]),
  )

  return (instance, options) => {
    if (!isPlain(instance)) {
      throw new TypeError(`serialize: "instance" must be an instance of the model, got ${describeValue(instance)}.`)
    }
    const written: Record<string, unknown> = {}
    for (const name of Object.keys(instance)) {
      const value = (instance as Readonly<Record<string, unknown>>)[name]
      if (value === undefined || (options.computed === false && Object.hasOwn(computed, name))) continue
      const place = places.get(name)
      const key = place === undefined || options.keys === 'name' ? name : place.key
      written[key] = (place?.write ?? toJson)(value, options)
    }
    return written
  }
}
