import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compareSchemas } from './compare-schemas.ts'
import type { JsonSchema, JsonSchemaObject } from './json-schema.ts'
import { toJsonSchema } from './to-json-schema.ts'

type Schema = z.ZodType | JsonSchema

const text = { type: 'string' }
const number = { type: 'number' }
const integer = { type: 'integer' }
const object = (properties: object, more: object = {}): JsonSchemaObject => ({ type: 'object', properties, ...more })
const closed = { additionalProperties: false }
const tree = (value: JsonSchema, name: string): JsonSchema => ({
  $ref: `#/$defs/${name}`,
  $defs: { [name]: object({ value, next: { $ref: `#/$defs/${name}` } }, { required: ['value'] }) },
})
const isEven = (value: number): boolean => value % 2 === 0
const cat = z.object({ kind: z.literal('cat'), lives: z.int() })
const dog = z.object({ kind: z.literal('dog') })
const card = (needed: string[]): JsonSchema => {
  const paying = JSON.stringify(object({ pay: { const: 'card' } }, { required: ['pay'] }))
  return JSON.parse(`{ "if": ${paying}, "then": { "required": ${JSON.stringify(needed)} } }`) as JsonSchema
}

/** What breaks callers, and what breaks readers of results: the path and the reason of each break. */
const evolutions: [name: string, before: Schema, after: Schema, input: string[], output: string[]][] = [
  [
    'an optional property of a closed object',
    object({ a: text }, closed),
    object({ a: text, b: text }, closed),
    [],
    ['/ property_added'],
  ],
  [
    'an optional property of an open object',
    object({ a: text }),
    object({ a: text, b: text }),
    ['/b property_constrained'],
    [],
  ],
  ['an optional property without a type', object({ a: text }), object({ a: text, b: {} }), [], []],
  [
    'a required property',
    object({ a: text }, closed),
    object({ a: text, b: text }, { required: ['b'], ...closed }),
    ['/ required_added'],
    ['/ property_added'],
  ],
  [
    'a property that is required now',
    object({ a: text }),
    object({ a: text }, { required: ['a'] }),
    ['/ required_added'],
    [],
  ],
  [
    'a property of a closed object removed',
    object({ a: text, b: text }, closed),
    object({ a: text }, closed),
    ['/ property_removed'],
    [],
  ],
  ['an object closed', object({ a: text }), object({ a: text }, closed), ['/ other_properties_closed'], []],
  ['an object opened', object({ a: text }, closed), object({ a: text }), [], ['/ other_properties_opened']],
  [
    'other properties typed',
    object({}),
    object({}, { additionalProperties: integer }),
    ['/* type_removed', '/* type_removed', '/* type_removed', '/* type_removed', '/* type_removed', '/* type_removed'],
    [],
  ],
  ['an enum value added', { enum: ['a', 'b'] }, { enum: ['b', 'c', 'a'] }, [], ['/ value_added']],
  ['an enum value removed', z.enum(['a', 'b']), z.enum(['b']), ['/ value_removed'], []],
  ['an enum freed', { enum: ['a'] }, text, [], ['/ value_added']],
  ['a const changed', { const: 1 }, { const: 2 }, ['/ value_removed'], ['/ value_added']],
  ['a const for an enum of one', { const: 'a' }, { enum: ['a'] }, [], []],
  [
    'a const object for its closed form',
    { const: { a: 1 } },
    object({ a: { const: 1 } }, { required: ['a'], ...closed }),
    [],
    [],
  ],
  ['whole numbers to numbers', integer, number, [], ['/ type_added']],
  ['whole numbers by another name', integer, { type: 'number', multipleOf: 1 }, [], []],
  ['a range widened', z.number().min(1).max(5), z.number().min(0).lt(6), [], ['/ bound_loosened', '/ bound_loosened']],
  [
    'a range of whole numbers said otherwise',
    { type: 'integer', minimum: 1 },
    { type: 'integer', exclusiveMinimum: 0 },
    [],
    [],
  ],
  [
    'a smaller divisor',
    { type: 'number', multipleOf: 6 },
    { type: 'number', multipleOf: 3 },
    [],
    ['/ multiple_of_removed'],
  ],
  ['a longer text', z.string().max(5), z.string().max(9), [], ['/ bound_loosened']],
  ['a pattern changed', z.string().regex(/a/), z.string().regex(/b/), ['/ pattern_added'], ['/ pattern_removed']],
  ['a format added', text, { type: 'string', format: 'email' }, ['/ format_added'], []],
  ['a type changed', object({ a: text }), object({ a: number }), ['/a type_removed'], ['/a type_added']],
  ['null allowed', z.string(), z.string().nullable(), [], ['/ type_added']],
  ['null in three ways', z.string().nullable(), { anyOf: [{ type: 'null' }, text] }, [], []],
  [
    'a member of a union added',
    z.union([z.string(), z.number()]),
    z.union([z.boolean(), z.number(), z.string()]),
    [],
    ['/ type_added'],
  ],
  [
    'a member of a tagged union removed',
    z.discriminatedUnion('kind', [cat, dog]),
    z.discriminatedUnion('kind', [cat]),
    ['/ member_removed'],
    [],
  ],
  ['oneOf for anyOf of what excludes each other', { oneOf: [text, number] }, { anyOf: [number, text] }, [], []],
  [
    'anyOf for oneOf of what overlaps',
    { anyOf: [integer, number] },
    { oneOf: [integer, number] },
    ['/ member_removed'],
    [],
  ],
  [
    'two members joined',
    { anyOf: [object({ k: { const: 1 } }, { required: ['k'] }), object({ k: { const: 2 } }, { required: ['k'] })] },
    object({ k: { enum: [1, 2] } }, { required: ['k'] }),
    [],
    [],
  ],
  [
    'one member split',
    object({ k: { enum: [1, 2] } }, { required: ['k'] }),
    { anyOf: [object({ k: { const: 1 } }, { required: ['k'] }), object({ k: { const: 2 } }, { required: ['k'] })] },
    [],
    [],
  ],
  ['a reference for what it names', { $ref: '#/$defs/a', $defs: { a: text } }, { type: 'string' }, [], []],
  ['a definition renamed', tree(text, 'a'), tree(text, 'b'), [], []],
  ['a recursive schema widened', tree(integer, 'a'), tree(number, 'a'), [], ['/value type_added']],
  [
    'annotations',
    { type: 'string', title: 'A', default: '' },
    { type: 'string', description: 'B', examples: ['c'] },
    [],
    [],
  ],
  ['a default added', z.object({ a: z.string() }), z.object({ a: z.string().default('x') }), [], []],
  [
    'an allOf merged',
    { allOf: [object({ a: text }, { required: ['a'] }), object({ b: number })] },
    object({ b: number, a: text }, { required: ['a'] }),
    [],
    [],
  ],
  [
    'unevaluatedProperties for additionalProperties',
    { allOf: [{ properties: { a: text } }], unevaluatedProperties: false },
    { properties: { a: text }, ...closed },
    [],
    [],
  ],
  [
    'items narrowed',
    z.array(z.number()),
    z.array(z.int()),
    ['/* type_removed', '/* bound_tightened', '/* bound_tightened'],
    [],
  ],
  [
    'an optional element of a tuple',
    { prefixItems: [text], items: false },
    { prefixItems: [text, number], items: false },
    [],
    ['/ bound_loosened'],
  ],
  ['equal items forbidden', { type: 'array' }, { type: 'array', uniqueItems: true }, ['/ unique_items_added'], []],
  ['contains', { type: 'array' }, { type: 'array', contains: text }, ['/ contains_added'], []],
  [
    'more contained',
    { type: 'array', contains: text, minContains: 2 },
    { type: 'array', contains: text },
    [],
    ['/ contains_removed'],
  ],
  ['property names', object({}), object({}, { propertyNames: { pattern: '^a' } }), ['/ property_names_narrowed'], []],
  ['a dependency', object({}), object({}, { dependentRequired: { a: ['b'] } }), ['/ dependency_added'], []],
  [
    'a dependency that is required anyway',
    object({}, { required: ['b'] }),
    object({}, { required: ['b'], dependentRequired: { a: ['b'] } }),
    [],
    [],
  ],
  ['a condition tightened', card(['number']), card(['number', 'name']), ['/ member_removed'], []],
  ['a narrower not', { not: { type: ['string', 'null'] } }, { not: text }, [], ['/ type_added']],
  [
    'the same check by code',
    z.object({ a: z.number().refine(isEven) }),
    z.object({ a: z.number().refine(isEven) }),
    [],
    [],
  ],
  [
    'a check by code added',
    z.object({ a: z.number() }),
    z.object({ a: z.number().refine(isEven) }),
    ['/a code_changed'],
    [],
  ],
  ['a check by code removed', z.number().refine(isEven), z.number(), [], ['/ code_changed']],
  [
    'a transform',
    z.string(),
    z.string().transform(Number),
    ['/ code_changed'],
    ['/ type_added', '/ type_added', '/ type_added', '/ type_added', '/ type_added'],
  ],
  [
    'a zod schema and its own document',
    z.object({ a: z.string().min(2) }),
    toJsonSchema(z.object({ a: z.string().min(2) })).schema,
    [],
    ['/ other_properties_opened'],
  ],
]

const dynamic = (leaf: JsonSchema): JsonSchema => ({
  $id: 'https://example.com/a',
  $dynamicAnchor: 'node',
  properties: { value: leaf, child: { $dynamicRef: '#node' } },
  $defs: { other: { $id: 'https://example.com/b', $dynamicAnchor: 'node', ...text } },
})

const product = (count: number): JsonSchema => ({
  allOf: Array.from({ length: count }, (_, index) => ({ anyOf: [{ minLength: index }, { pattern: `^${index}` }] })),
})

const wide = (type: string): JsonSchema =>
  object(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`p${index}`, { type }])), closed)

const union = (count: number): JsonSchema => ({
  oneOf: Array.from({ length: count }, (_, index) =>
    object({ kind: { const: index }, more: text }, { required: ['kind'] }),
  ),
})

function breaks(before: Schema, after: Schema, direction: 'input' | 'output'): string[] {
  const { breaking, compatible } = compareSchemas(before, after, direction)
  expect(compatible).toBe(breaking.length === 0)
  return breaking.map(({ path, reason }) => `/${path.join('/')} ${reason}`)
}

describe('compareSchemas', () => {
  it.each(evolutions)('judges for inputs: %s', (_name, before, after, input) => {
    expect(breaks(before, after, 'input')).toEqual(input)
  })

  it.each(evolutions)('judges for outputs: %s', (_name, before, after, _input, output) => {
    expect(breaks(before, after, 'output')).toEqual(output)
  })

  it('says in words which values are concerned, and lists what breaks nobody apart', () => {
    const before = z.object({ size: z.enum(['s', 'm']), count: z.number() })
    const after = z.object({ size: z.enum(['m', 'l']), count: z.number().optional() })
    expect(compareSchemas(before, after, 'input')).toEqual({
      compatible: false,
      breaking: [{ path: ['size'], reason: 'value_removed', message: 'No longer accepted: "s".' }],
      harmless: [
        { path: [], reason: 'required_removed', message: 'Now accepted too: objects without the property "count".' },
        { path: ['size'], reason: 'value_added', message: 'Now accepted too: "l".' },
      ],
    })
  })

  it('ignores properties that the old schema does not name, if asked to', () => {
    const before = z.object({ a: z.string() })
    const after = z.object({ a: z.string(), b: z.string().optional() })
    const options = { unnamedProperties: 'ignored' } as const
    expect(compareSchemas(before, after, 'input').compatible).toBe(false)
    expect(compareSchemas(before, after, 'input', options).compatible).toBe(true)
    expect(compareSchemas(before, after, 'output').compatible).toBe(false)
    expect(compareSchemas(before, after, 'output', options).compatible).toBe(true)
    expect(compareSchemas(before, z.strictObject({}), 'input', options).compatible).toBe(false)
    expect(compareSchemas(before, after.required(), 'input', options).compatible).toBe(false)
  })

  it('reads documents of each draft as that draft', () => {
    const old = { $schema: 'http://json-schema.org/draft-07/schema#', items: [text, number], additionalItems: false }
    const modern = { prefixItems: [text, number], items: false }
    expect(breaks(old, modern, 'input')).toEqual([])
    expect(breaks(modern, old, 'input')).toEqual([])
    const beside = { $ref: '#/$defs/a', maxLength: 3, $defs: { a: text } }
    expect(compareSchemas(beside, { ...text, maxLength: 3 }, 'input', { draft: '2019-09' }).compatible).toBe(true)
    expect(compareSchemas(beside, { ...text, maxLength: 3 }, 'input', { draft: 'draft-07' }).compatible).toBe(false)
  })

  it('takes a dynamic reference for itself only, and says so', () => {
    expect(breaks(dynamic(integer), structuredClone(dynamic(integer)), 'input')).toEqual([])
    expect(breaks(dynamic(integer), dynamic(number), 'input')).toContain('/child undecidable')
  })

  it('knows that coercion makes nothing of a property that is absent', () => {
    const after = z.object({ a: z.coerce.string() })
    expect(breaks(z.object({ a: z.coerce.string().optional() }), after, 'input')).toContain('/ required_added')
    expect(breaks(z.object({ a: z.string().optional() }), z.object({ a: z.string().catch('') }), 'input')).toEqual([])
  })

  it('bounds the work on unions that multiply, and says so', () => {
    expect(breaks(product(12), structuredClone(product(12)), 'input')).toEqual([])
    expect(breaks(product(12), product(13), 'input')).toContain('/ undecidable')
  })

  it('compares many properties, values and members', () => {
    expect(breaks(wide('integer'), wide('number'), 'input')).toEqual([])
    expect(breaks(wide('number'), wide('integer'), 'input')).toHaveLength(300)
    expect(breaks(union(60), union(61), 'input')).toEqual([])
  })

  it('refuses what is nested too deeply', () => {
    let deep: JsonSchema = text
    for (let level = 0; level < 20_000; level += 1) deep = { items: deep }
    expect(() => compareSchemas(deep, deep, 'input')).toThrow(
      expect.objectContaining({
        code: 'invalid_json_schema',
        message: 'The document is not a valid JSON Schema: at #, it is nested too deeply to be compared.',
      }),
    )
  })

  it('refuses documents that it cannot read', () => {
    expect(() => compareSchemas({ type: 'text' }, {}, 'input')).toThrow(
      /^The document is not a valid JSON Schema: at #\/type, /,
    )
    expect(() => compareSchemas({}, { $ref: 'https://example.com/a' }, 'input')).toThrow(
      expect.objectContaining({
        code: 'unresolved_reference',
        message:
          'The reference to https://example.com/a at # leads nowhere: only what stands in the document itself is compared. Put what it refers to into its definitions.',
      }),
    )
  })

  it.each([
    [['x', {}, 'input'], '"before" must be a schema of zod 4 or a JSON Schema, got a string ("x").'],
    [[{}, null, 'input'], '"after" must be a schema of zod 4 or a JSON Schema, got null.'],
    [[{}, {}, 'both'], '"direction" must be "input" or "output", got a string ("both").'],
    [
      [{}, {}, 'input', { draft: '4' }],
      '"options.draft" must be "draft-07" or "2019-09" or "2020-12", got a string ("4").',
    ],
    [[{}, {}, 'input', { mode: 1 }], '"options" has no key "mode". Known: draft, unnamedProperties.'],
  ])('names the wrong argument of %j', (given, message) => {
    expect(() => compareSchemas(...(given as Parameters<typeof compareSchemas>))).toThrow(new TypeError(message))
  })
})
