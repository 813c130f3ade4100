import { describe, expect, it } from 'vitest'
import { jsonSchemaIssues } from './json-schema-issues.ts'

describe('jsonSchemaIssues', () => {
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
    for (const value of [...good, ...alsoGood]) expect(jsonSchemaIssues(value, schema)).toEqual([])
    const bad = [[], null, {}, { id: 1.5 }, { id: 1, more: 1 }, { id: 1, kind: 'b' }, { id: 1, tags: ['y'] }]
    const alsoBad = [
      { id: 1, tags: ['x', 1] },
      { id: 1, either: 1 },
      { id: 1, one: 1 },
      { id: 1, all: 1 },
      { id: 1, self: {} },
      { id: 1, never: 1 },
    ]
    for (const value of [...bad, ...alsoBad]) expect(jsonSchemaIssues(value, schema)).not.toEqual([])
  })

  it('passes over what it cannot resolve and what lies too deep', () => {
    expect(jsonSchemaIssues(1, { $ref: 'https://example.com/schema' })).toEqual([])
    expect(jsonSchemaIssues(1, { $ref: '#' })).toEqual([])
    expect(jsonSchemaIssues({ toString: 1 }, { additionalProperties: false, properties: {} })).not.toEqual([])
  })

  it('says what is wrong, and where', () => {
    const schema = {
      type: 'object',
      required: ['id', 'name'],
      properties: {
        id: { type: ['integer', 'null'] },
        kind: { enum: ['a', 'b'] },
        items: { items: { properties: { n: { const: 1 } }, additionalProperties: false } },
        any: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        one: { oneOf: [{ type: 'number' }, { type: 'integer' }] },
      },
    }
    const value = { id: 'x', kind: 'c', items: [{ n: 1 }, { n: 2, m: 3 }], any: 1, one: 1 }
    expect(jsonSchemaIssues(value, schema)).toEqual([
      { path: ['name'], message: 'Expected a value, got none.' },
      { path: ['id'], message: 'Expected integer or null, got string.' },
      { path: ['kind'], message: 'Expected one of ["a","b"], got a string ("c").' },
      { path: ['items', 1, 'n'], message: 'Expected 1, got a number (2).' },
      { path: ['items', 1, 'm'], message: 'Expected nothing here, got a value.' },
      { path: ['any'], message: 'Expected what one of anyOf accepts, got none of them.' },
      { path: ['one'], message: 'Expected what exactly one of oneOf accepts, got 2 of them.' },
    ])
    expect(jsonSchemaIssues(value, schema, 1)).toHaveLength(1)
  })

  it('comes to an end where references multiply', () => {
    expect(jsonSchemaIssues(1, { allOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] })).toEqual([])
  })

  it('never fails for what a document says, or how deep a value is', () => {
    let deep: unknown = []
    for (let level = 0; level < 100_000; level++) deep = [deep]
    for (const schema of [
      { $ref: '#/%' },
      { $ref: '#/a%20b' },
      { type: 5, allOf: 5, properties: [], required: 'a', items: 1 },
    ])
      expect(jsonSchemaIssues({ a: 1 }, schema as never)).toEqual([])
    expect(jsonSchemaIssues(deep, { enum: [[], { a: 1 }] })).toEqual([
      { path: [], message: 'Expected one of [[],{"a":1}], got an array.' },
    ])
    expect(jsonSchemaIssues(deep, { const: [deep] })).toHaveLength(1)
  })
})

describe('jsonSchemaIssues, const and enum', () => {
  it('compare by what is in them, in any order of keys', () => {
    expect(jsonSchemaIssues({ b: [1], a: null }, { const: { a: null, b: [1] } })).toEqual([])
    expect(jsonSchemaIssues([[1]], { enum: [[], [[2]], [[1]]] })).toEqual([])
    for (const other of [[1], { a: 1, b: 2 }, { b: 1 }, null, 'a', { __proto__: null, constructor: 1 }])
      expect(jsonSchemaIssues(other, { const: { a: 1 } })).toHaveLength(1)
  })

  it('compare values of any depth', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown
    const same = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown
    expect(jsonSchemaIssues(deep, { const: same })).toEqual([])
    expect(jsonSchemaIssues(deep, { enum: [[], [[]]] })).toEqual([
      { message: 'Expected one of [[],[[]]], got an array.', path: [] },
    ])
  })
})
