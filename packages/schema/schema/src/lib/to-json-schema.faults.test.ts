import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { smallDocument, smallValue } from './compare-schemas.documents.test.ts'
import type { Dialect } from './dialect.ts'
import { dialects } from './dialect.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { eachSubschema } from './map-subschemas.ts'
import { toJsonSchema, type ToJsonSchemaOptions, type WrittenSchema } from './to-json-schema.ts'
import { unlistedDifference, writtenCases } from './to-json-schema.property.test.ts'
import { UnrepresentableSchemaError } from './unrepresentable-schema-error.ts'

// The tests that cases are taken from have a fixed seed.
fc.resetConfigureGlobal()

/** All schemas of a written document, the root first. */
function schemasIn(root: JsonSchemaObject): JsonSchemaObject[] {
  const all: JsonSchemaObject[] = []
  const visit = (schema: JsonSchema): void => {
    if (!isSchemaObject(schema)) return
    all.push(schema)
    eachSubschema(schema, visit)
    if (isSchemaObject(schema['definitions']))
      Object.values(schema['definitions']).forEach((part) => visit(part as never))
    if (Array.isArray(schema['items'])) schema['items'].forEach((part) => visit(part as never))
    if (isSchemaObject(schema['dependencies'])) {
      for (const part of Object.values(schema['dependencies'])) if (isSchemaObject(part)) visit(part)
    }
    if (isSchemaObject(schema['additionalItems'])) visit(schema['additionalItems'])
  }
  visit(root)
  return all
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const newerThan07 = words(
  '$defs prefixItems dependentRequired dependentSchemas unevaluatedItems unevaluatedProperties minContains maxContains $dynamicRef $anchor',
)
/** "Supported schemas" of OpenAI's guide to structured outputs. */
const openai = words(
  '$ref $defs additionalProperties anyOf const description enum exclusiveMaximum exclusiveMinimum format items maxItems maximum ' +
    'minItems minimum multipleOf pattern properties required title type',
)
/** The keywords in the reference of Gemini's `GenerationConfig.responseJsonSchema`. */
const gemini = words(
  '$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum anyOf oneOf ' +
    'properties additionalProperties required propertyOrdering',
)
/** "JSON Schema limitations" of Claude's guide to structured outputs. */
const claudeRefuses = words(
  'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems uniqueItems contains oneOf not if ' +
    'patternProperties propertyNames minProperties maxProperties prefixItems dependentRequired dependentSchemas',
)

function isClosed(schema: JsonSchemaObject): boolean {
  return schema['type'] !== 'object' || schema['additionalProperties'] === false
}

function requiresAll(schema: JsonSchemaObject): boolean {
  const { properties = {}, required = [] } = schema
  return schema['type'] !== 'object' || Object.keys(properties as object).length === (required as unknown[]).length
}

function uses(allowed: (keyword: string) => boolean): (schema: JsonSchemaObject) => boolean {
  return (schema) => Object.keys(schema).every((keyword) => allowed(keyword))
}

/** What each schema has to be, and the root besides, by the documents of the vendors. */
const rules: Readonly<
  Record<Dialect, readonly { readonly each: (schema: JsonSchemaObject, root: JsonSchemaObject) => boolean }[]>
> = {
  '2020-12': [],
  'draft-07': [
    { each: uses((keyword) => !newerThan07.has(keyword)) },
    {
      each: (schema) =>
        !('$ref' in schema) || Object.keys(schema).every((key) => ['$ref', '$schema', 'definitions'].includes(key)),
    },
  ],
  'openapi-3.1': [],
  'openai-strict': [
    { each: uses((keyword) => openai.has(keyword)) },
    { each: isClosed },
    { each: requiresAll },
    { each: (schema, root) => schema !== root || (schema['type'] === 'object' && !('anyOf' in schema)) },
  ],
  gemini: [
    { each: uses((keyword) => gemini.has(keyword)) },
    {
      each: ({ enum: values = [] }) =>
        (values as unknown[]).every((value) => typeof value === 'string' || typeof value === 'number'),
    },
    { each: (schema) => !('$ref' in schema) || Object.keys(schema).every((key) => key.startsWith('$')) },
  ],
  claude: [
    {
      each: (schema, root) =>
        schema !== root ||
        (schema['type'] === 'object' && ['anyOf', 'oneOf', 'allOf'].every((keyword) => !(keyword in schema))),
    },
  ],
  'claude-strict': [
    { each: uses((keyword) => !claudeRefuses.has(keyword)) },
    { each: isClosed },
    { each: ({ minItems = 0 }) => minItems === 0 || minItems === 1 },
    { each: ({ $ref }) => $ref !== '#' },
  ],
}

async function brokenRules({ schema }: WrittenSchema, dialect: Dialect): Promise<unknown> {
  // A document that is none of its draft, or refers to nothing, is refused.
  await fromJsonSchema(schema, { draft: dialect === 'draft-07' ? 'draft-07' : '2020-12' })
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  expect(JSON.stringify(schema)).not.toContain('~notes')
  const broken = schemasIn(schema).find((each) => !rules[dialect].every((rule) => rule.each(each, schema)))
  return broken && { broken, schema }
}

/** `undefined` where a schema has no form, which is an error with a code and nothing else. */
function written(schema: z.ZodType | JsonSchema, options: ToJsonSchemaOptions): WrittenSchema | undefined {
  try {
    return toJsonSchema(schema, options)
  } catch (error) {
    if (error instanceof UnrepresentableSchemaError) return undefined
    throw error
  }
}

/** A result of a schema that its own output form refuses, without a loss that says so. */
async function refusedResult(schema: z.ZodType, value: unknown): Promise<unknown> {
  const form = written(schema, { direction: 'output' })
  const result = attempt(() => schema.safeParse(value))
  if (form === undefined || result?.success !== true || result.data === undefined) return undefined
  if (form.losses.some(({ effect }) => effect === 'narrower' || effect === 'different')) return undefined
  const data = attempt(() => JSON.parse(JSON.stringify(result.data)) as unknown)
  // In an array, what is undefined becomes null.
  if (JSON.stringify(data)?.includes('null') === true) return undefined
  // Of several options of a union, the result of one may fit another as well.
  if (data === undefined || JSON.stringify(form.schema).includes('"oneOf"')) return undefined
  return (await fromJsonSchema(form.schema)).is(data) ? undefined : { data, form }
}

function attempt<Value>(run: () => Value): Value | undefined {
  try {
    return run()
  } catch {
    // The code of a refinement or a transform threw, or JSON has no form for the value.
    return undefined
  }
}

describe.each<Dialect>([...dialects])('the %s form, for long', (dialect) => {
  it('of a zod schema keeps the rules of the dialect', async () => {
    const options = fc.record({ dialect: fc.constant(dialect), direction: fc.constantFrom('input', 'output') })
    await fc.assert(
      fc.asyncProperty(writtenCases, options, async ({ schema }, each) => {
        const form = written(schema, each)
        expect(form && (await brokenRules(form, dialect))).toBeUndefined()
      }),
      { numRuns: 5000 },
    )
  })

  it('of a document keeps the rules of the dialect', async () => {
    await fc.assert(
      fc.asyncProperty(smallDocument, async (document) => {
        if ((await attemptToRead(document)) === undefined) return
        for (const whole of [document, { type: 'object', properties: { part: document } }]) {
          const form = written(whole, { dialect })
          expect(form && (await brokenRules(form, dialect))).toBeUndefined()
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('judges JSON as the schema does, but for what is listed as lost', async () => {
    await fc.assert(
      fc.asyncProperty(writtenCases, async ({ schema, value }) => {
        expect(await unlistedDifference(schema, value, dialect)).toBeUndefined()
      }),
      { numRuns: 5000 },
    )
  })

  it('judges JSON as the document does, but for what is listed as lost', async () => {
    const values = fc.sample(smallValue, { numRuns: 100, seed: 3 })
    await fc.assert(
      fc.asyncProperty(smallDocument, async (document) => {
        const original = await attemptToRead(document)
        const form = original && written(document, { dialect })
        if (form === undefined) return
        const effects = new Set(form.losses.map(({ effect }) => effect))
        const { is } = await fromJsonSchema(form.schema)
        const differing = values.find((value) => {
          const [before, after] = [original?.is(value), is(value)]
          return before !== after && !effects.has('different') && !effects.has(before ? 'narrower' : 'wider')
        })
        expect(differing === undefined ? undefined : { document, form, differing }).toBeUndefined()
      }),
      { numRuns: 3000 },
    )
  })
})

describe('the output form, for long', () => {
  it('admits what comes out, but for what is listed as lost', async () => {
    await fc.assert(
      fc.asyncProperty(writtenCases, async ({ schema, value }) => {
        expect(await refusedResult(schema, value)).toBeUndefined()
      }),
      { numRuns: 20_000 },
    )
  })
})

/** Random documents may lead back to themselves without an end: those are refused. */
async function attemptToRead(document: JsonSchema): Promise<Awaited<ReturnType<typeof fromJsonSchema>> | undefined> {
  return fromJsonSchema(document).catch(() => undefined)
}
