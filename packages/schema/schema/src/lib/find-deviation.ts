import type * as z from 'zod'
import { allSchemas } from './child-schemas.ts'

/**
 * Why the compiled form of a schema would not give the results of the schema itself, where zod 4.6 is known to differ:
 *
 * - A tuple with a rest is compiled to refuse fewer items than it has places; the interpreter reads the missing ones as
 *   `undefined`.
 * - An intersection whose sides give out values that do not merge throws; as an option of a compiled union it is passed over.
 */
export function findDeviation(schema: z.core.$ZodType): string | undefined {
  const all = [...allSchemas(schema)] as z.core.$ZodTypes[]
  if (all.some(isElasticTuple)) return 'zod compiles tuples with a rest and optional places to something else'
  if (all.some(isIntersection) && all.some(isUnion)) return 'zod compiles unions with intersections to something else'
  return undefined
}

function isElasticTuple({ _zod: { def } }: z.core.$ZodTypes): boolean {
  return def.type === 'tuple' && def.rest !== null && !(def.items as z.core.$ZodTypes[]).every(refusesUndefined)
}

function isIntersection({ _zod: { def } }: z.core.$ZodTypes): boolean {
  return def.type === 'intersection'
}

function isUnion({ _zod: { def } }: z.core.$ZodTypes): boolean {
  return def.type === 'union'
}

const kindsWithoutUndefined = new Set(
  'string number boolean bigint date symbol null nan enum template_literal file object array tuple record map set'.split(
    ' ',
  ),
)

function refusesUndefined({ _zod: { def } }: z.core.$ZodTypes): boolean {
  return kindsWithoutUndefined.has(def.type) && !('coerce' in def && def.coerce === true)
}
