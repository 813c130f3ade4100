import { describeValue } from '@empire/errors'
import { z } from 'zod'
import { isPlain } from './freeze-plain.ts'
import type { PreparedField } from './model-fields.ts'
import type { ModelOptions } from './model-options.ts'
import { toZod } from './to-zod.ts'
import { type Writer, writerOf } from './writer.ts'

/** What writes the instances of a model with fields. */
export function createModelWriter(fields: readonly PreparedField[], { computed = {} }: ModelOptions): Writer {
  const extras = Object.entries(computed).map(([name, { schema }]) => ({
    name,
    key: name,
    schema: toZod(schema, name),
  }))
  const places = new Map([...fields, ...extras].map((field) => [field.name, field]))
  const anything = z.unknown()

  return (instance, options) => {
    if (!isPlain(instance)) {
      throw new TypeError(`serialize: "instance" must be an instance of the model, got ${describeValue(instance)}.`)
    }
    const written: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(instance)) {
      if (value === undefined || (options.computed === false && Object.hasOwn(computed, name))) continue
      const { key = name, schema = anything } = places.get(name) ?? {}
      written[options.keys === 'name' ? name : key] = writerOf(schema)(value, options)
    }
    return written
  }
}
