import { describeValue } from '@empire/errors'
import type * as z from 'zod'
import { isSchema } from './expect-schema.ts'

/** The shape of objects that have the fields of all shapes; of two fields with one name, the later one. */
export type MergedShape<Schemas extends readonly z.ZodObject[]> = Schemas extends readonly [
  ...infer Earlier extends readonly z.ZodObject[],
  infer Last extends z.ZodObject,
]
  ? z.core.util.Extend<MergedShape<Earlier>, Last['shape']>
  : // oxlint-disable-next-line typescript/no-empty-object-type -- the shape without fields
    {}

type LastConfig<Schemas extends readonly z.ZodObject[]> = Schemas extends readonly [
  ...unknown[],
  z.ZodObject<z.ZodRawShape, infer Config extends z.core.$ZodObjectConfig>,
]
  ? Config
  : never

/**
 * An object schema with the fields of all schemas.
 *
 * - A field that several have is that of the last one.
 * - Unknown keys are treated as the last one says.
 * - The checks of all are kept. A schema with checks cannot have its fields replaced: they may read them.
 */
export function merge<const Schemas extends readonly [z.ZodObject, ...z.ZodObject[]]>(
  ...schemas: Schemas
): z.ZodObject<MergedShape<Schemas>, LastConfig<Schemas>> {
  if (schemas.length === 0) throw new TypeError('"schemas" must hold at least one object schema, got none.')
  for (const [index, schema] of schemas.entries()) expectObject(`schemas[${index}]`, schema)
  const [first, ...rest] = schemas
  return rest.reduce<z.ZodObject>(mergeTwo, first) as z.ZodObject<MergedShape<Schemas>, LastConfig<Schemas>>
}

function mergeTwo(earlier: z.ZodObject, later: z.ZodObject): z.ZodObject {
  const { checks: kept = [] } = earlier._zod.def
  const { checks: added = [], catchall } = later._zod.def
  const replaced =
    kept.length === 0 ? undefined : Object.keys(later.shape).find((key) => Object.hasOwn(earlier.shape, key))
  if (replaced !== undefined) {
    throw new TypeError(
      `"schemas" must not replace the field "${replaced}" of a schema with checks, which may read it. Leave the field out of one of them with omit().`,
    )
  }
  const extended = earlier.extend(later.shape)
  const moded = catchall === undefined ? extended.strip() : extended.catchall(catchall)
  return added.length === 0 ? moded : moded.check(...(added as z.core.$ZodCheck<Record<string, unknown>>[]))
}

function expectObject(name: string, schema: unknown): void {
  if (isSchema(schema) && schema._zod.def.type === 'object' && 'extend' in schema) return
  const came = isSchema(schema) ? `a schema of "${schema._zod.def.type}"` : describeValue(schema)
  throw new TypeError(`"${name}" must be an object schema of zod, got ${came}.`)
}
