import { z } from 'zod'
import { definitionOf, internalsOf } from './zod-parts.ts'

/** Tells `@empire/schema` that what a transform gives is known. */
const statedOutput = Symbol.for('empire.schema.stated-output')

/**
 * Lets JSON Schema show what comes out of a transform: zod knows no form for one. It is said of the last part of the pipe, which
 * copies of the schema keep.
 */
export function givingOut(schema: z.ZodType, output: () => z.ZodType): z.ZodType {
  const last = definitionOf(schema).out ?? schema
  Object.defineProperty(last, statedOutput, { value: true })
  internalsOf(last).processJSONSchema = (context, _json, parameters) => {
    const shown = output()
    z.core.process(shown, context, parameters)
    const seen = context.seen.get(last)
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
