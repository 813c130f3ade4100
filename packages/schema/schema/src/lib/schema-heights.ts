import type * as z from 'zod'
import { allSchemas, childSchemas } from './child-schemas.ts'
import { sizeOf } from './checks-of.ts'

/** How many levels the least deep value of a schema has: 0 for a scalar, `Infinity` if it never ends. */
export type SchemaHeights = (schema: z.core.$ZodType) => number

/** Measures a schema and all below it. */
export function measureHeights(schema: z.core.$ZodType): SchemaHeights {
  const all = [...allSchemas(schema)].toReversed() as z.core.$ZodTypes[]
  const heights = new Map<z.core.$ZodType, number>()
  const heightOf = (each: z.core.$ZodType): number => heights.get(each) ?? Infinity
  // Heights only fall: a round without a change is the last one.
  for (let changed = true; changed;) {
    changed = false
    for (const each of all) {
      const height = measure(each, heightOf)
      if (height === heights.get(each)) continue
      heights.set(each, height)
      changed = true
    }
  }
  return heightOf
}

function measure(schema: z.core.$ZodTypes, heightOf: SchemaHeights): number {
  const { def } = schema._zod
  switch (def.type) {
    case 'object':
      return 1 + highest(Object.values(def.shape).filter(isRequired), heightOf)
    case 'array':
      return sizeOf(schema).minimum === 0 ? 1 : 1 + heightOf(def.element)
    case 'tuple':
      return 1 + highest(def.items as z.core.$ZodType[], heightOf)
    case 'record':
      return def.keyType._zod.values === undefined ? 1 : 1 + heightOf(def.valueType)
    case 'map':
      return sizeOf(schema).minimum === 0 ? 1 : 1 + Math.max(heightOf(def.keyType), heightOf(def.valueType))
    case 'set':
      return sizeOf(schema).minimum === 0 ? 1 : 1 + heightOf(def.valueType)
    case 'union':
      return Math.min(...(def.options as z.core.$ZodType[]).map(heightOf))
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'catch':
      return 0
    default:
      return highest(childSchemas(schema), heightOf)
  }
}

/** Whether an object must have the field. */
export function isRequired(field: z.core.$ZodType): boolean {
  return field._zod.optin === undefined
}

function highest(schemas: readonly z.core.$ZodType[], heightOf: SchemaHeights): number {
  return Math.max(0, ...schemas.map(heightOf))
}
