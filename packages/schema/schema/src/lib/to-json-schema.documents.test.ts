import { describe, expect, it } from 'vitest'
import { dialects } from './dialect.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { toJsonSchema } from './to-json-schema.ts'

describe('a JSON Schema document', () => {
  const foreign: JsonSchema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      at: { $ref: '#/definitions/point', description: 'ignored beside a reference' },
      range: { type: 'array', items: [{ type: 'number' }, { type: 'number' }], additionalItems: false },
      size: { type: ['string', 'null'] },
    },
    dependencies: { at: ['size'] },
    definitions: { point: { type: 'object', properties: { x: { type: 'number' } } } },
  }

  it('is brought to the newest draft', () => {
    expect(toJsonSchema(foreign)).toEqual({
      schema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          at: { $ref: '#/$defs/point' },
          range: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], items: false },
          size: { type: ['string', 'null'] },
        },
        dependentRequired: { at: ['size'] },
        $defs: { point: { type: 'object', properties: { x: { type: 'number' } } } },
      },
      losses: [],
    })
  })

  it('reaches vendors with its losses', () => {
    const { schema, losses } = toJsonSchema(foreign, { dialect: 'openai-strict' })
    expect(schema).toMatchObject({ required: ['at', 'range', 'size'], additionalProperties: false })
    expect(losses.map(({ path, keyword, effect }) => `${path.join('.')} ${keyword} ${effect}`)).toEqual([
      ' additionalProperties narrower',
      'at required different',
      'range required different',
      'size required different',
      ' dependentRequired wider',
      'range prefixItems wider',
      'at additionalProperties narrower',
      'at.x required different',
    ])
  })

  it('has to hold what it refers to', () => {
    expect(() => toJsonSchema({ $ref: 'https://example.com/a' })).toThrow(
      'The schema has no JSON Schema form: at the root, the reference https://example.com/a names no schema in the document. Put what it names into $defs.',
    )
  })

  it.each<[string, JsonSchema]>([
    ['an anchor among definitions', { $ref: '#a', $defs: { x: { $anchor: 'a', type: 'string' } } }],
    [
      'a pointer that starts at an embedded $id',
      {
        $id: 'https://x.example/root',
        $ref: 'inner',
        $defs: { x: { $id: 'inner', $ref: '#/$defs/y', $defs: { y: { type: 'string' } } }, y: { type: 'number' } },
      },
    ],
    [
      'a relative reference, by the $id around it',
      {
        $ref: 'https://x.example/two/a',
        $defs: {
          one: { $id: 'https://x.example/one/b', type: 'number' },
          two: { $id: 'https://x.example/two/a', $ref: 'b' },
          three: { $id: 'https://x.example/two/b', type: 'string' },
        },
      },
    ],
    ['a place where no keyword expects a schema', { $ref: '#/x-parts/0', 'x-parts': [{ type: 'string' }] }],
    ['an escaped name', { $ref: '#/$defs/a%25~1b', $defs: { 'a%/b': { type: 'string' } } }],
    [
      'an id of draft-04',
      {
        $schema: 'http://json-schema.org/draft-04/schema#',
        allOf: [{ $ref: 'a' }],
        definitions: { x: { id: 'a', allOf: [{ $ref: '#/definitions/y' }], definitions: { y: { type: 'string' } } } },
      },
    ],
    [
      'no id of a later draft',
      { $ref: '#/$defs/a', $defs: { a: { id: 'a', $ref: '#/$defs/b' }, b: { type: 'string' } } },
    ],
  ])('finds what a reference names: %s', async (_, document) => {
    const { schema, losses } = toJsonSchema(document)
    const { is } = await fromJsonSchema(schema)
    expect([is('x'), is(1), losses]).toEqual([true, false, []])
  })

  it('that is none is refused, with the place', () => {
    expect(() => toJsonSchema({ properties: { a: { type: 'strng' } } })).toThrow(
      'The document is not a valid JSON Schema: at #/properties/a/type, expected one of "array", "boolean", "integer", "null", "number", "object", "string", received a string ("strng").',
    )
  })
})

describe('misuse', () => {
  it('names the parameter', () => {
    expect(() => toJsonSchema(5 as never)).toThrow(
      new TypeError('"schema" must be a schema of zod 4 or a JSON Schema, got a number (5).'),
    )
    expect(() => toJsonSchema({}, { dialect: 'draft-04' as never })).toThrow(
      new TypeError(`"options.dialect" must be one of ${dialects.join(', ')}, got a string ("draft-04").`),
    )
    expect(() => toJsonSchema({}, { direction: 'both' as never })).toThrow(
      new TypeError('"options.direction" must be input or output, got a string ("both").'),
    )
    expect(() => toJsonSchema({}, { dialet: 'gemini' } as never)).toThrow(
      new TypeError('"options" has no key "dialet". Did you mean "dialect"?'),
    )
  })
})
