import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { allSchemas } from './child-schemas.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import { randomSchema, refuseNegative } from './compile.random-schema.test.ts'
import { toJsonSchema, type WrittenSchema } from './to-json-schema.ts'
import { UnrepresentableSchemaError } from './unrepresentable-schema-error.ts'
import { dialects, type Dialect } from './dialect.ts'

/** Schemas of every kind, each with a value of JSON that comes near to fitting. */
export const writtenCases = randomSchema
  .chain(({ schema, near }) =>
    fc
      .oneof({ weight: 3, arbitrary: near }, fc.jsonValue())
      .filter(isJson)
      .map((value) => ({ schema, value })),
  )
  .filter(({ schema }) => !readsInherited(schema) && !refusesInTransform(schema))

function isJson(value: unknown): boolean {
  try {
    const text = JSON.stringify(value)
    // zod rounds when it divides by a fraction, so that the smallest numbers, and those with many places, pass as its
    // multiples; and it looks past keys named `__proto__`.
    if (/e-\d|\.\d{10}|__proto__/.test(text)) return false
    return isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)
  } catch {
    return false
  }
}

/** zod takes what every object inherits for a field of that name. */
function readsInherited(schema: z.ZodType): boolean {
  return [...allSchemas(schema)].some(
    ({ _zod: { def } }) =>
      def.type === 'object' && Object.keys((def as z.core.$ZodObjectDef).shape).some((key) => key in {}),
  )
}

/** Forms take transforms to accept what they are given. */
function refusesInTransform(schema: z.ZodType): boolean {
  return [...allSchemas(schema)].some(
    ({ _zod: { def } }) => def.type === 'transform' && (def as z.core.$ZodTransformDef).transform === refuseNegative,
  )
}

function kinds(schema: z.ZodType): string {
  return [...allSchemas(schema)]
    .map(
      (each) =>
        `${each._zod.def.type}${(each._zod.def.checks ?? []).map((check) => `.${check._zod.def.check}`).join('')}`,
    )
    .join(' ')
}

/** `undefined` where the schema has no form, which is an error with a code and nothing else. */
function written(schema: z.ZodType, dialect: Dialect): WrittenSchema | undefined {
  try {
    return toJsonSchema(schema, { dialect })
  } catch (error) {
    if (error instanceof UnrepresentableSchemaError) return undefined
    throw error
  }
}

function fits(schema: z.ZodType, value: unknown): boolean | undefined {
  try {
    return schema.safeParse(value).success
  } catch {
    // The check of a refinement or a transform threw: zod has no verdict.
    return undefined
  }
}

function dropsSome(schema: z.ZodType, value: unknown): boolean {
  return !isDeepStrictEqual(schema.safeParse(value).data, value)
}

/** Where the verdicts of a schema and its form differ without a loss that says so. */
export async function unlistedDifference(
  schema: z.ZodType,
  value: unknown,
  dialect: Dialect,
): Promise<string | undefined> {
  const form = written(schema, dialect)
  const accepted = fits(schema, value)
  // A form that closes objects refuses what the schema takes and drops.
  if (accepted === true && dialect.endsWith('strict') && dropsSome(schema, value)) return undefined
  if (form === undefined || accepted === undefined) return undefined
  const effects = new Set(form.losses.map(({ effect }) => effect))
  const admitted = (await fromJsonSchema(form.schema)).is(value)
  if (effects.has('different') || accepted === admitted || effects.has(accepted ? 'narrower' : 'wider'))
    return undefined
  return `${accepted ? 'refused' : 'admitted'} by the form only: ${kinds(schema)} as ${JSON.stringify(form)} on ${JSON.stringify(value)}`
}

describe.each<Dialect>([...dialects])('the %s form of a zod schema', (dialect) => {
  it('judges JSON as the schema does, but for what is listed as lost', async () => {
    const judged = fc.asyncProperty(writtenCases, async ({ schema, value }) => {
      expect(await unlistedDifference(schema, value, dialect)).toBeUndefined()
    })
    await expect(fc.assert(judged, { numRuns: 40 })).resolves.toBeUndefined()
  })
})
