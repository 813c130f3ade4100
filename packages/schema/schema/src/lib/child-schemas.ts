import type * as z from 'zod'
import { isSchema } from './expect-schema.ts'

/**
 * The schemas that a schema is made of, one level down: fields, elements, options, what it wraps, what its checks check.
 *
 * The schema behind a `z.lazy` is one of them.
 */
export function childSchemas(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = schema._zod
  if (def.type === 'lazy') return [(schema as z.core.$ZodLazy)._zod.innerType]
  return [...Object.values(def).flatMap(schemasIn), ...(def.checks ?? []).flatMap((check) => partsOf(check._zod.def))]
}

function schemasIn(part: unknown): z.core.$ZodType[] {
  if (isSchema(part)) return [part]
  if (Array.isArray(part)) return part.filter(isSchema)
  return typeof part === 'object' && part !== null ? Object.values(part).filter(isSchema) : []
}

function partsOf(def: object): z.core.$ZodType[] {
  return Object.values(def).flatMap(schemasIn)
}

/** The schema and all below it, each once. */
export function allSchemas(schema: z.core.$ZodType): Set<z.core.$ZodType> {
  const found = new Set([schema])
  // A set that grows while it is walked: what is added is still visited.
  for (const each of found) for (const child of childSchemas(each)) found.add(child)
  return found
}
