import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import type { JsonSchema, JsonSchemaObject } from './json-schema.ts'

const names = ['a', 'b', 'ab']
const name = fc.constantFrom(...names)
const size = fc.nat({ max: 3 })
const number = fc.constantFrom(-1, 0, 1, 1.5, 2, 3)
const scalar = fc.constantFrom<unknown>(null, true, false, -1, 0, 0.5, 1, 1.5, 2, 3, '', 'a', 'b', 'ab', 'abc', '😀')
const type = fc.constantFrom('null', 'boolean', 'number', 'integer', 'string', 'array', 'object')
const pattern = fc.constantFrom('^a', 'b$', '^[ab]+$', '.*', '^ab?$')

/** JSON values over a small vocabulary: most of them fit something that random documents say. */
export const smallValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 3 }) },
  ),
})).value

const constant = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.constantFrom<unknown>([], [1], {}, { a: 1 }, { a: 'a', b: null }),
)

function one(keyword: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<JsonSchemaObject> {
  return value.map((each) => ({ [keyword]: each }))
}

/** Single keywords, or what belongs together, of draft 2020-12. */
function keywords(schema: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchemaObject> {
  const list = fc.array(schema, { minLength: 1, maxLength: 3 })
  const map = fc.dictionary(name, schema, { maxKeys: 3 })
  return fc.oneof(
    { weight: 6, arbitrary: one('type', type) },
    { weight: 2, arbitrary: one('type', fc.uniqueArray(type, { minLength: 1, maxLength: 3 })) },
    {
      weight: 2,
      arbitrary: one(
        'enum',
        fc.uniqueArray(constant, { minLength: 1, maxLength: 4, selector: (each) => JSON.stringify(each) }),
      ),
    },
    one('const', constant),
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((keyword) => one(keyword, number)),
    one('multipleOf', fc.constantFrom(0.5, 1, 2, 3)),
    ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map((keyword) =>
      one(keyword, size),
    ),
    one('pattern', pattern),
    one('uniqueItems', fc.boolean()),
    { weight: 2, arbitrary: one('items', schema) },
    one('prefixItems', list),
    fc.record({ contains: schema, minContains: size, maxContains: size }, { requiredKeys: ['contains'] }),
    { weight: 4, arbitrary: one('properties', map) },
    { weight: 3, arbitrary: one('required', fc.uniqueArray(name, { maxLength: 2 })) },
    { weight: 2, arbitrary: one('additionalProperties', schema) },
    one('patternProperties', fc.dictionary(pattern, schema, { maxKeys: 2 })),
    one('propertyNames', schema),
    one('dependentRequired', fc.dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), { maxKeys: 2 })),
    one('dependentSchemas', map),
    one('unevaluatedProperties', schema),
    one('unevaluatedItems', schema),
    ...['allOf', 'anyOf', 'oneOf'].map((keyword) => ({ weight: 2, arbitrary: one(keyword, list) })),
    one('not', schema),
    fc.record(Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, schema])), { requiredKeys: ['if'] }),
    one('description', fc.constant('a word')),
  )
}

const built = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'document' },
    fc.constantFrom<JsonSchema>(true, false, {}, { type: 'string' }, { type: 'integer' }),
    {
      weight: 8,
      arbitrary: fc
        .array(keywords(tie('schema')), { minLength: 1, maxLength: 4 })
        .map((parts) => Object.assign({}, ...parts) as JsonSchema),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<JsonSchema>(
        { properties: { a: { $ref: '#' } } },
        { items: { $ref: '#/$defs/shared' } },
        { $ref: '#/$defs/shared' },
      ),
    },
  ),
}))

/** Documents of draft 2020-12 that use every keyword, and refer to themselves. */
export const smallDocument: fc.Arbitrary<JsonSchemaObject> = fc
  .tuple(
    fc.array(keywords(built.schema), { minLength: 1, maxLength: 4 }),
    fc.constantFrom<JsonSchema>(
      { type: 'integer' },
      { type: ['string', 'null'] },
      { properties: { b: { $ref: '#/$defs/shared' } }, required: ['a'] },
      { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#/$defs/shared' } }] },
    ),
  )
  .map(([parts, shared]) => Object.assign({}, ...parts, { $defs: { shared } }) as JsonSchemaObject)

/** The document with one of its parts changed: keywords added, dropped or replaced at a random place. */
export const changedDocument: fc.Arbitrary<{ before: JsonSchemaObject; after: JsonSchemaObject }> = fc
  .tuple(
    smallDocument,
    fc.array(fc.tuple(fc.nat(), keywords(built.schema), fc.constantFrom('add', 'drop', 'replace', 'shrink', 'grow')), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([before, changes]) => {
    const after = structuredClone(before)
    for (const [place, part, kind] of changes) changeAt(after, place, part, kind)
    return { before, after }
  })

function changeAt(document: JsonSchemaObject, place: number, part: JsonSchemaObject, kind: string): void {
  const places: Record<string, unknown>[] = []
  const waiting: unknown[] = [document]
  for (const each of waiting) {
    if (typeof each !== 'object' || each === null) continue
    if (!Array.isArray(each)) places.push(each as Record<string, unknown>)
    waiting.push(...Object.values(each))
  }
  const target = places[place % places.length] as Record<string, unknown>
  const keys = Object.keys(target).filter((key) => key !== '$defs')
  const key = keys[place % Math.max(keys.length, 1)]
  if (kind === 'add' || key === undefined) Object.assign(target, structuredClone(part))
  else if (kind === 'drop') delete target[key]
  else if (kind === 'replace') {
    delete target[key]
    Object.assign(target, structuredClone(part))
  } else {
    const value = target[key]
    const by = kind === 'grow' ? 1 : -1
    if (typeof value === 'number') target[key] = value + by
    else if (Array.isArray(value) && value.length > 1)
      target[key] = kind === 'grow' ? [...value, ...value.slice(0, 1)] : value.slice(1)
    else Object.assign(target, structuredClone(part))
  }
}

describe('smallDocument', () => {
  it('makes documents that some small values fit and some do not', async () => {
    const values = fc.sample(smallValue, { numRuns: 50, seed: 1 })
    let fitting = 0
    let refused = 0
    for (const document of fc.sample(smallDocument, { numRuns: 100, seed: 2 })) {
      const validator = await fromJsonSchema(document).catch(() => undefined)
      if (validator === undefined) continue
      for (const value of values) {
        if (validator.is(value)) fitting += 1
        else refused += 1
      }
    }
    expect(fitting).toBeGreaterThan(500)
    expect(refused).toBeGreaterThan(500)
  })
})
