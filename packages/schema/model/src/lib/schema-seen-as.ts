import { z } from 'zod'
import { definitionOf, internalsOf } from './zod-parts.ts'

/** Lets JSON Schema show what goes in as `input` and what comes out as `output`: zod knows no form for a transform. */
export function representAs(schema: z.ZodType, input: () => z.ZodType, output: () => z.ZodType): z.ZodType {
  const internals = internalsOf(schema)
  internals.processJSONSchema = (context, _json, parameters) => {
    const shown = (context.io === 'input' ? input : output)()
    z.core.process(shown, context, parameters)
    const seen = context.seen.get(schema)
    if (seen !== undefined) seen.ref = shown
  }
  return schema
}

/**
 * Lets unions find a schema by the literals of its fields, through what comes before them. They ask the first part of a
 * pipe, which copies of the schema keep.
 */
export function discriminableAs(schema: z.ZodType, fields: z.ZodType): z.ZodType {
  const first = internalsOf(definitionOf(schema).in ?? schema)
  Object.defineProperty(first, 'propValues', { get: () => internalsOf(fields).propValues, configurable: true })
  return schema
}
