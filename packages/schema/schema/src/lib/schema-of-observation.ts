import * as z from 'zod'
import { isRecord, valuesOf } from './is-record.ts'
import { manyTexts, type Observation } from './observation.ts'

/** How often each value of an enum must have come, on average. */
const repeats = 3

/** The least wide schema for what was seen. */
export function schemaOf(seen: Observation): z.ZodType {
  if (seen.kinds.has('other')) return z.unknown()
  const options = optionsFor(seen)
  const [first = seen.kinds.has('null') ? z.null() : z.unknown()] = options
  const value = options.length > 1 ? z.union(options) : first
  const nullable = seen.kinds.has('null') && options.length > 0 ? value.nullable() : value
  return seen.kinds.has('undefined') ? nullable.optional() : nullable
}

function optionsFor(seen: Observation): z.ZodType[] {
  const options: z.ZodType[] = []
  if (seen.kinds.has('boolean')) options.push(z.boolean())
  if (seen.kinds.has('number')) options.push(seen.wholeNumbers ? z.int() : z.number())
  if (seen.kinds.has('bigint')) options.push(z.bigint())
  if (seen.kinds.has('string')) options.push(textOf(seen))
  if (seen.kinds.has('date')) options.push(z.date())
  if (seen.kinds.has('array')) options.push(arrayOf(seen.elements))
  if (seen.kinds.has('object')) options.push(objectOf(seen))
  return options
}

function textOf({ formats: [format], texts, textCount }: Observation): z.ZodType {
  if (format !== undefined) return format
  const isEnum = texts.size <= manyTexts && textCount >= repeats * texts.size
  return isEnum ? z.enum([...texts]) : z.string()
}

function arrayOf(elements: Observation | undefined): z.ZodType {
  return z.array(elements === undefined || elements.count === 0 ? z.unknown() : schemaOf(elements))
}

function objectOf(seen: Observation): z.ZodType {
  if (isRecord(seen)) return z.record(z.string(), schemaOf(valuesOf(seen)))
  const shape: Record<string, z.ZodType> = {}
  for (const [key, field] of seen.fields) {
    const isOptional = field.count < seen.objectCount
    // Where an object has no `constructor` of its own, zod would look at the inherited one.
    if (isOptional && key in Object.prototype) continue
    shape[key] = isOptional ? schemaOf(field).optional() : schemaOf(field)
  }
  return z.object(shape)
}
