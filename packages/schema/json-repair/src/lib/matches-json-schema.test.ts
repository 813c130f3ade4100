import { describe, expect, it } from 'vitest'
import { matchesJsonSchema } from './matches-json-schema.ts'

describe('matchesJsonSchema', () => {
  it('checks types, choices and structure', () => {
    const schema = {
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: {
        id: { type: 'integer' },
        kind: { enum: ['a', { b: 1 }] },
        tags: { type: 'array', prefixItems: [{ const: 'x' }], items: { type: ['string', 'null'] } },
        either: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
        one: { oneOf: [{ type: 'number' }, { type: 'integer' }] },
        all: { allOf: [{ type: 'string' }, true] },
        self: { $ref: '#' },
        never: false,
      },
    }
    const good = [{ id: 1 }, { id: 1, kind: { b: 1 } }, { id: 1, tags: ['x', 'y', null] }, { id: 1, either: true }]
    const alsoGood = [
      { id: 1, one: 1.5 },
      { id: 1, all: '' },
      { id: 1, self: { id: 2 } },
    ]
    for (const value of [...good, ...alsoGood]) expect(matchesJsonSchema(value, schema)).toBe(true)
    const bad = [[], null, {}, { id: 1.5 }, { id: 1, more: 1 }, { id: 1, kind: 'b' }, { id: 1, tags: ['y'] }]
    const alsoBad = [
      { id: 1, tags: ['x', 1] },
      { id: 1, either: 1 },
      { id: 1, one: 1 },
      { id: 1, all: 1 },
      { id: 1, self: {} },
      { id: 1, never: 1 },
    ]
    for (const value of [...bad, ...alsoBad]) expect(matchesJsonSchema(value, schema)).toBe(false)
  })

  it('passes over what it cannot resolve and what lies too deep', () => {
    expect(matchesJsonSchema(1, { $ref: 'https://example.com/schema' })).toBe(true)
    expect(matchesJsonSchema(1, { $ref: '#' })).toBe(true)
    expect(matchesJsonSchema({ toString: 1 }, { additionalProperties: false, properties: {} })).toBe(false)
  })
})
