import * as fc from 'fast-check'
import type * as z from 'zod'
import type { ArbitraryBuilder, Place } from './arbitrary-builder.ts'
import { isRequired } from './schema-heights.ts'
import { sizeOf } from './checks-of.ts'

/** Values of a schema that holds others; `undefined` if it does not. */
export function containerArbitrary(
  schema: z.core.$ZodTypes,
  place: Place,
  builder: ArbitraryBuilder,
): fc.Arbitrary<unknown> | undefined {
  const { def } = schema._zod
  const levels = place.levels - 1
  const below = (name: string): Place => ({ path: [...place.path, name], levels })
  const part = (inner: z.core.$ZodType, name: string): fc.Arbitrary<unknown> => builder.build(inner, below(name))
  /** How many parts there may be: no more than must be, where they would be too deep. */
  const lengths = (...parts: z.core.$ZodType[]): { minLength: number; maxLength?: number } => {
    const { minimum: minLength, maximum: maxLength } = sizeOf(schema)
    if (!parts.every((each) => builder.fits(each, levels))) return { minLength, maxLength: minLength }
    return maxLength === undefined ? { minLength } : { minLength, maxLength: Math.max(minLength, maxLength) }
  }

  switch (def.type) {
    case 'object':
      return objectArbitrary(def.shape, levels, builder, part)
    case 'array': {
      const range = lengths(def.element)
      return range.maxLength === 0 ? fc.constant([]) : fc.array(part(def.element, 'element'), range)
    }
    case 'tuple': {
      const items = (def.items as z.core.$ZodType[]).map((item, index) => part(item, String(index)))
      const rest = def.rest
      if (rest === null || !builder.fits(rest, levels)) return fc.tuple(...items)
      return fc.tuple(fc.tuple(...items), fc.array(part(rest, 'rest'))).map(([head, tail]) => [...head, ...tail])
    }
    case 'record':
      return recordArbitrary(def, levels, builder, part)
    case 'map': {
      const range = lengths(def.keyType, def.valueType)
      if (range.maxLength === 0) return fc.constant(new Map())
      const entry = fc.tuple(part(def.keyType, 'key'), part(def.valueType, 'value'))
      return fc
        .uniqueArray(entry, { ...range, selector: ([key]) => key, comparator: 'SameValueZero' })
        .map((all) => new Map(all))
    }
    case 'set': {
      const range = lengths(def.valueType)
      if (range.maxLength === 0) return fc.constant(new Set())
      const value = part(def.valueType, 'value')
      return fc.uniqueArray(value, { ...range, comparator: 'SameValueZero' }).map((all) => new Set(all))
    }
    default:
      return undefined
  }
}

type Part = (inner: z.core.$ZodType, name: string) => fc.Arbitrary<unknown>

function objectArbitrary(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  levels: number,
  builder: ArbitraryBuilder,
  part: Part,
): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape).filter(([, field]) => isRequired(field) || builder.fits(field, levels))
  const requiredKeys = fields.filter(([, field]) => isRequired(field)).map(([key]) => key)
  const values = Object.fromEntries(fields.map(([key, field]) => [key, part(field, key)]))
  return fc.record(values, { requiredKeys, noNullPrototype: true })
}

function recordArbitrary(
  def: z.core.$ZodRecordDef,
  levels: number,
  builder: ArbitraryBuilder,
  part: Part,
): fc.Arbitrary<unknown> {
  const keys = (def.keyType as z.core.$ZodType)._zod.values
  const valueType = def.valueType as z.core.$ZodType
  if (keys !== undefined) {
    const names = [...keys].filter((key) => typeof key === 'string' || typeof key === 'number').map(String)
    const value = part(valueType, 'value')
    return fc.record(Object.fromEntries(names.map((name) => [name, value])), { noNullPrototype: true })
  }
  if (!builder.fits(valueType, levels)) return fc.constant({})
  const key = part(def.keyType as z.core.$ZodType, 'key').map(String)
  return fc.dictionary(key, part(valueType, 'value'), { noNullPrototype: true })
}
