import { EmpireError } from '@empire/errors'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSchemas } from './compare-schemas.ts'
import { dialects } from './dialect.ts'
import { drafts } from './foreign/draft.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { eachSubschema } from './map-subschemas.ts'
import { toJsonSchema } from './to-json-schema.ts'

const keywords = (
  '$id $schema $anchor $ref $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary $comment $defs definitions ' +
  'allOf anyOf oneOf not if then else dependentSchemas dependencies prefixItems items additionalItems contains properties ' +
  'patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties type enum const multipleOf ' +
  'maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains ' +
  'minContains maxProperties minProperties required dependentRequired title description default deprecated readOnly writeOnly ' +
  'examples format contentEncoding contentMediaType contentSchema id nullable example discriminator __proto__ ~notes'
).split(' ')

/** Whatever may stand behind a keyword, right or wrong. */
export const anyKeywordValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      '',
      'a',
      '(',
      '#',
      '#/$defs/a',
      '#a',
      'b',
      'string',
      'object',
      'integer',
    ),
    fc.constantFrom(
      '%',
      '#/%',
      '#%41',
      'http://[',
      'urn:x',
      'date-time',
      '__proto__',
      'https://json-schema.org/draft/2020-12/schema',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '^a', '__proto__', 'constructor'), tie('value'), { maxKeys: 2 }),
    fc.dictionary(fc.constantFrom(...keywords), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value

const whole = {
  $defs: { a: { type: 'object', properties: { a: { $ref: '#' } } }, b: { $anchor: 'a', enum: ['a', null] } },
  allOf: [{ properties: { a: { type: ['string', 'null'], format: 'date-time' } }, required: ['a'] }],
  anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#a' }],
  oneOf: [{ const: 1 }, { properties: { b: { items: { minimum: 1 }, prefixItems: [{ pattern: '^a' }] } } }],
  if: { required: ['b'] },
  dependentRequired: { a: ['b'] },
  patternProperties: { '^a': { contains: { minLength: 1 }, maxContains: 2 } },
  unevaluatedProperties: { not: { type: 'object' } },
}

/** A document that is right, with one place that may be not. */
const spoilt = fc.tuple(fc.nat(), fc.constantFrom(...keywords), anyKeywordValue).map(([place, keyword, value]) => {
  const document = structuredClone(whole) as unknown as JsonSchemaObject
  const places: JsonSchemaObject[] = [document]
  for (const each of places) eachSubschema(each, (part) => void (isSchemaObject(part) && places.push(part)))
  Object.defineProperty(places[place % places.length], keyword, { value, enumerable: true, configurable: true })
  return document as JsonSchema
})

const random = fc.dictionary(fc.constantFrom(...keywords), anyKeywordValue, {
  maxKeys: 5,
  noNullPrototype: true,
}) as fc.Arbitrary<JsonSchema>

/** Documents, most of which are wrong somewhere. */
export const malformedDocument = fc.oneof(random, spoilt)

/** What is thrown, if it is no error with a code. */
export async function bareErrorOf(call: () => unknown): Promise<unknown> {
  try {
    await call()
    return undefined
  } catch (error) {
    return error instanceof EmpireError ? undefined : error
  }
}

describe('a document of any keywords with any values', () => {
  it('is read, or refused by an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(
        malformedDocument,
        fc.constantFrom(...drafts, undefined),
        anyKeywordValue,
        async (document, draft, value) => {
          const read = async (): Promise<unknown> => {
            const validator = await fromJsonSchema(document, { draft, resolve: () => true })
            const verdict = validator.check(value)
            expect(verdict.ok || verdict.issues.length > 0).toBe(true)
            return expect(validator.is(value)).toBe(verdict.ok)
          }
          expect(await bareErrorOf(read)).toBeUndefined()
        },
      ),
      { numRuns: 120 },
    )
  })

  it('is written in every dialect, or refused by an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(malformedDocument, fc.constantFrom(...dialects), async (document, dialect) => {
        expect(await bareErrorOf(() => toJsonSchema(document, { dialect }))).toBeUndefined()
        expect(
          await bareErrorOf(() => toJsonSchema({ type: 'object', properties: { a: document } }, { dialect })),
        ).toBeUndefined()
      }),
      { numRuns: 120 },
    )
  })

  it('is compared, or refused by an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(
        malformedDocument,
        malformedDocument,
        fc.constantFrom(...drafts),
        async (before, after, draft) => {
          expect(await bareErrorOf(() => compareSchemas(before, after, 'input', { draft }))).toBeUndefined()
        },
      ),
      { numRuns: 80 },
    )
  })
})
