import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createPartialJsonParser } from './create-partial-json-parser.ts'
import type { JsonSchemaSource } from './json-schema-of.ts'

/** What is shown after each character, without repetitions. */
function shown(schema: JsonSchemaSource, text: string): unknown[] {
  const parser = createPartialJsonParser({ schema })
  const values: unknown[] = []
  for (const character of text) {
    parser.push(character)
    if (JSON.stringify(parser.value) !== JSON.stringify(values.at(-1))) values.push(parser.value)
  }
  return values
}

describe('stream: { done: true }', () => {
  it('shows a field only once it is finished', () => {
    const schema = z.object({ name: z.string().meta({ stream: { done: true } }), text: z.string() })
    expect(shown(schema, '{"name": "Ada", "text": "ab"}')).toEqual([
      {},
      { name: 'Ada' },
      { name: 'Ada', text: '' },
      { name: 'Ada', text: 'a' },
      { name: 'Ada', text: 'ab' },
    ])
  })

  it('shows an element only once it is finished', () => {
    const schema = z.array(z.object({ a: z.number() }).meta({ stream: { done: true } }))
    expect(shown(schema, '[{"a": 12}, {"a": 3}]')).toEqual([[], [{ a: 12 }], [{ a: 12 }, { a: 3 }]])
  })

  it('shows the document only once it is finished', () => {
    expect(shown({ type: 'array', stream: { done: true } }, '[1, 2]')).toEqual([undefined, [1, 2]].slice(1))
  })

  it('hides of a text that was cut what was not finished', () => {
    const parser = createPartialJsonParser({ schema: { properties: { a: { stream: { done: true } } } } })
    parser.push('{"b": "x", "a": "y')
    expect(parser.end()).toEqual({ value: { b: 'x' }, truncatedAt: 18 })
  })
})

describe('stream: { notNull: true }', () => {
  const schema = z.object({
    items: z.array(
      z.object({
        id: z
          .number()
          .nullable()
          .meta({ stream: { notNull: true } }),
        name: z.string(),
      }),
    ),
  })

  it('shows an object only once the field is there', () => {
    expect(shown(schema, '{"items": [{"name": "x", "id": 12}]}')).toEqual([
      {},
      { items: [] },
      { items: [{ name: 'x', id: 1 }] },
      { items: [{ name: 'x', id: 12 }] },
    ])
  })

  it('shows an object without it, or with null, once that is finished', () => {
    expect(shown(schema, '{"items": [{"name": "x"}, {"id": null, "name": "y"}]}')).toEqual([
      {},
      { items: [] },
      { items: [{ name: 'x' }] },
      { items: [{ name: 'x' }, { id: null, name: 'y' }] },
    ])
  })

  it('waits for the whole field if that is shown only when finished', () => {
    const both = { properties: { id: { stream: { done: true, notNull: true } } } }
    expect(shown(both, '{"a": 1, "id": "xy", "b": 2}')).toEqual([
      { a: 1, id: 'xy' },
      { a: 1, id: 'xy', b: 2 },
    ])
  })
})

describe('the schema of a partial parser', () => {
  const done = { stream: { done: true } }
  it.each([
    ['references', { $ref: '#/$defs/a~1b', $defs: { 'a/b': { properties: { x: done } } } }],
    ['compositions', { anyOf: [{ type: 'null' }, { allOf: [{ properties: { x: done } }] }] }],
    ['patterns', { patternProperties: { '^x': done } }],
    ['other properties', { properties: { y: {} }, additionalProperties: done }],
  ])('is read through %s', (_, schema) => {
    expect(shown(schema, '{"x": "ab"}')).toEqual([{}, { x: 'ab' }])
  })

  it('tells the elements of a tuple apart', () => {
    expect(shown({ prefixItems: [{}, done], items: {} }, '["a", "b", "c"]')).toEqual([
      [],
      [''],
      ['a'],
      ['a', 'b'],
      ['a', 'b', ''],
      ['a', 'b', 'c'],
    ])
  })

  it('may refer to itself', () => {
    const tree = { properties: { name: done, children: { items: { $ref: '#' } } } }
    expect(shown(tree, '{"children": [{"name": "ab"}]}')).toEqual([
      {},
      { children: [] },
      { children: [{}] },
      { children: [{ name: 'ab' }] },
    ])
    expect(shown({ $ref: '#', allOf: [{ $ref: '#' }], ...done }, '[1]')).toEqual([[1]])
  })

  it('may hold properties of any name', () => {
    const schema = JSON.parse('{"properties": {"__proto__": {"stream": {"done": true}}}}') as JsonSchemaSource
    const parser = createPartialJsonParser({ schema })
    parser.push('{"toString": "a", "__proto__": "b')
    expect(parser.value).toEqual({ toString: 'a' })
    expect(Object.hasOwn(parser.value as object, '__proto__')).toBe(false)
  })

  it('changes nothing where it says nothing', () => {
    expect(shown(z.object({ stream: z.object({ done: z.boolean() }) }), '{"stream":{"done":tr')).toEqual([
      {},
      { stream: {} },
      { stream: { done: true } },
    ])
  })

  it.each([
    [null, 'received null.'],
    [[], 'received an empty array.'],
    ['x', 'received a string ("x").'],
  ])('cannot be %j', (schema, received) => {
    expect(() => createPartialJsonParser({ schema: schema as never })).toThrow(
      new TypeError(`"schema" must be a JSON Schema document or a Standard Schema with JSON Schema, ${received}`),
    )
  })

  it('must say its JSON Schema', () => {
    const schema = { '~standard': { validate: () => ({ value: 1 }) } }
    expect(() => createPartialJsonParser({ schema })).toThrow(
      new TypeError(
        '"schema" must be a Standard Schema that can be written as JSON Schema ("~standard".jsonSchema). Pass the JSON Schema document instead.',
      ),
    )
  })
})
