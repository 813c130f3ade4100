import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineType } from './define-type.ts'
import { dialects, type Dialect } from './dialect.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { toJsonSchema, type ToJsonSchemaOptions } from './to-json-schema.ts'

const order = z.object({
  id: z.int32().positive(),
  note: z.string().min(2).max(9).optional(),
  tags: z.array(z.string()).max(3),
  pay: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('card'), number: z.string() }),
    z.object({ kind: z.literal('cash') }),
  ]),
})

const id = { type: 'integer', exclusiveMinimum: 0, maximum: 2147483647 }

function field(schema: z.ZodType, options: ToJsonSchemaOptions = {}): { form: unknown; losses: string[] } {
  const written = toJsonSchema(z.object({ field: schema }), options)
  return {
    form: (written.schema['properties'] as Record<string, unknown>)['field'],
    losses: written.losses.map(
      ({ path, keyword, effect, enforcedBy }) => `${path.join('.')} ${keyword} ${effect} ${enforcedBy}`,
    ),
  }
}

describe('toJsonSchema in each dialect', () => {
  const card = {
    type: 'object',
    properties: { kind: { type: 'string', const: 'card' }, number: { type: 'string' } },
    required: ['kind', 'number'],
  }
  const cash = { type: 'object', properties: { kind: { type: 'string', const: 'cash' } }, required: ['kind'] }
  const whole = {
    type: 'object',
    properties: {
      id,
      note: { type: 'string', minLength: 2, maxLength: 9 },
      tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
      pay: { oneOf: [card, cash] },
    },
    required: ['id', 'tags', 'pay'],
  }

  it.each<[Dialect, object]>([
    ['2020-12', { $schema: 'https://json-schema.org/draft/2020-12/schema' }],
    ['draft-07', { $schema: 'http://json-schema.org/draft-07/schema#' }],
    ['openapi-3.1', {}],
    ['claude', {}],
  ])('%s: says all of it', (dialect, language) => {
    expect(toJsonSchema(order, { dialect })).toEqual({ schema: { ...language, ...whole }, losses: [] })
  })

  it('openai-strict: closes objects, requires all, and lists lengths as lost', () => {
    expect(toJsonSchema(order, { dialect: 'openai-strict' })).toEqual({
      schema: {
        type: 'object',
        properties: {
          id,
          note: { type: ['string', 'null'] },
          tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
          pay: {
            anyOf: [
              { ...card, additionalProperties: false },
              { ...cash, additionalProperties: false },
            ],
          },
        },
        required: ['id', 'note', 'tags', 'pay'],
        additionalProperties: false,
      },
      losses: [
        {
          path: ['note'],
          pointer: '/properties/note',
          keyword: 'required',
          reason:
            'OpenAI strict requires every property: null stands for absence, and has to be left out before validation',
          effect: 'different',
          enforcedBy: 'validation',
        },
        {
          path: ['note'],
          pointer: '/properties/note',
          keyword: 'minLength',
          reason: 'OpenAI strict does not take the keyword minLength',
          effect: 'wider',
          enforcedBy: 'validation',
        },
        {
          path: ['note'],
          pointer: '/properties/note',
          keyword: 'maxLength',
          reason: 'OpenAI strict does not take the keyword maxLength',
          effect: 'wider',
          enforcedBy: 'validation',
        },
      ],
    })
  })

  it('gemini: enums for constants, inclusive bounds, properties in order', () => {
    const { schema, losses } = toJsonSchema(order, { dialect: 'gemini' })
    expect(schema).toEqual({
      type: 'object',
      properties: {
        id: { type: 'integer', minimum: 1, maximum: 2147483647 },
        note: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
        pay: {
          anyOf: [
            {
              type: 'object',
              properties: { kind: { type: 'string', enum: ['card'] }, number: { type: 'string' } },
              required: ['kind', 'number'],
              propertyOrdering: ['kind', 'number'],
            },
            { type: 'object', properties: { kind: { type: 'string', enum: ['cash'] } }, required: ['kind'] },
          ],
        },
      },
      required: ['id', 'tags', 'pay'],
      propertyOrdering: ['id', 'note', 'tags', 'pay'],
    })
    expect(losses.map(({ path, keyword }) => `${path.join('.')} ${keyword}`)).toEqual([
      'note minLength',
      'note maxLength',
    ])
  })

  it('claude-strict: closes objects, and lists bounds as lost', () => {
    const { schema, losses } = toJsonSchema(order, { dialect: 'claude-strict' })
    expect(schema).toMatchObject({
      properties: {
        id: { type: 'integer' },
        note: { type: 'string' },
        pay: { anyOf: [{ additionalProperties: false }, { additionalProperties: false }] },
      },
      required: ['id', 'tags', 'pay'],
      additionalProperties: false,
    })
    expect(losses.map(({ path, keyword }) => `${path.join('.')} ${keyword}`)).toEqual([
      'id exclusiveMinimum',
      'id maximum',
      'note minLength',
      'note maxLength',
      'tags maxItems',
    ])
  })

  it.each([...dialects])('%s: is a valid document', async (dialect) => {
    const { schema } = toJsonSchema(order, { dialect })
    await expect(fromJsonSchema(schema)).resolves.toBeDefined()
  })
})

describe('what JSON cannot say', () => {
  it.each<[string, z.ZodType, unknown, string[]]>([
    ['a date', z.date(), { type: 'string', format: 'date-time' }, ['field date different validation']],
    ['a bigint', z.bigint().min(2n), { type: 'integer', minimum: 2 }, ['field bigint different validation']],
    [
      'a map',
      z.map(z.string(), z.number()),
      {
        type: 'array',
        items: {
          type: 'array',
          prefixItems: [{ type: 'string' }, { type: 'number' }],
          items: false,
          minItems: 2,
          maxItems: 2,
        },
      },
      ['field map different validation'],
    ],
    [
      'a set',
      z.set(z.int32()).min(1),
      {
        type: 'array',
        items: { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
        minItems: 1,
        uniqueItems: true,
      },
      ['field set different validation'],
    ],
    ['a refinement', z.string().refine((text) => text !== 'x'), { type: 'string' }, ['field refine wider validation']],
    ['a custom check', z.instanceof(URL), {}, ['field custom wider validation']],
    ['coercion', z.coerce.number(), { type: 'number' }, ['field coerce narrower validation']],
    ['preprocessing', z.preprocess(Number, z.number()), { type: 'number' }, ['field preprocess different validation']],
    ['a pipe', z.string().pipe(z.coerce.number()), { type: 'string' }, ['field pipe wider validation']],
    ['a caught failure', z.string().catch('x'), { type: 'string', default: 'x' }, ['field catch narrower validation']],
    ['flags of a pattern', z.string().regex(/^a/i), { type: 'string' }, ['field pattern wider validation']],
    [
      'a change before checks',
      z.string().trim().min(1),
      { type: 'string', minLength: 1 },
      ['field overwrite different validation'],
    ],
    ['a format without a pattern', z.url(), { type: 'string', format: 'uri' }, ['field format wider validation']],
    [
      'a file',
      z.file(),
      { type: 'string', format: 'binary', contentEncoding: 'binary' },
      ['field file different validation'],
    ],
  ])('%s: is written as near as can be, and listed', (_, schema, form, losses) => {
    const written = field(schema)
    expect(written.form).toEqual(form)
    expect(written.losses.toSorted()).toEqual(losses.toSorted())
  })

  it.each<[string, z.ZodType, unknown]>([
    ['never', z.never(), { not: {} }],
    ['undefined', z.undefined(), { not: {} }],
    ['any value', z.any(), {}],
    ['a brand', z.string().brand('id'), { type: 'string' }],
    ['a template', z.templateLiteral(['v', z.int()]), { type: 'string', pattern: String(/^v-?\d+$/.source) }],
    ['a default', z.string().default('x'), { type: 'string', default: 'x' }],
    ['a prefault', z.string().prefault('x'), { type: 'string', default: 'x' }],
    [
      'a tuple with a rest',
      z.tuple([z.string()], z.number()),
      { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' }, minItems: 1 },
    ],
    [
      'a record of an enum',
      z.record(z.enum(['a', 'b']), z.number()),
      {
        type: 'object',
        propertyNames: { type: 'string', enum: ['a', 'b'] },
        additionalProperties: { type: 'number' },
        required: ['a', 'b'],
      },
    ],
    [
      'an intersection',
      z.intersection(z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })),
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        required: ['a', 'b'],
        additionalProperties: false,
      },
    ],
  ])('%s: loses nothing', (_, schema, form) => {
    expect(field(schema)).toEqual({ form, losses: [] })
  })

  it.each<[string, z.ZodType, string]>([
    ['a symbol', z.symbol(), 'Symbols cannot be represented in JSON Schema. Use a schema whose values JSON can carry.'],
    [
      'a function',
      z.function() as never,
      'Function types cannot be represented in JSON Schema. Use a schema whose values JSON can carry.',
    ],
    ['NaN', z.nan(), 'NaN cannot be represented in JSON Schema. Use a schema whose values JSON can carry.'],
  ])('%s: is an error with its path', (_, schema, problem) => {
    const whole = z.object({ list: z.array(z.object({ field: schema })) })
    expect(() => toJsonSchema(whole)).toThrow(`The schema has no JSON Schema form: at list.*.field, ${problem}`)
    expect(() => toJsonSchema(whole)).toThrow(
      expect.objectContaining({ code: 'unrepresentable_schema', path: ['list', '*', 'field'] }),
    )
  })
})

describe('direction', () => {
  const schema = z.object({
    size: z.string().transform(Number).pipe(z.number().min(1)),
    made: z.string().transform(Number),
    name: z.string().default('x'),
  })

  it('input: what may be given', () => {
    expect(toJsonSchema(schema, { direction: 'input' })).toMatchObject({
      schema: { properties: { size: { type: 'string' }, made: { type: 'string' } }, required: ['size', 'made'] },
      losses: [{ path: ['size'], keyword: 'pipe' }],
    })
  })

  it('output: what comes out', () => {
    expect(toJsonSchema(schema, { direction: 'output' })).toMatchObject({
      schema: {
        properties: { size: { type: 'number', minimum: 1 }, made: {} },
        required: ['size', 'made', 'name'],
        additionalProperties: false,
      },
      losses: [{ path: ['made'], keyword: 'transform', effect: 'wider' }],
    })
  })
})

function outputLosses(schema: z.ZodType): string[] {
  return toJsonSchema(schema, { direction: 'output' }).losses.map(({ keyword, effect }) => `${keyword} ${effect}`)
}

describe('values that stand in for others', () => {
  it('are listed where they do not fit the form of the output', () => {
    expect(outputLosses(z.number().min(1).catch(0))).toEqual(['catch narrower'])
    expect(outputLosses(z.string().min(1).default(''))).toEqual(['default narrower'])
    expect(outputLosses(z.number().catch(({ issues }) => issues.length))).toEqual(['catch narrower'])
  })

  it('are listed where they are no values of the schema: what is absent is refused', () => {
    const schema = z.object({ a: z.string().min(1).prefault('') })
    expect(toJsonSchema(schema).losses).toMatchObject([{ path: ['a'], keyword: 'prefault', effect: 'wider' }])
    expect(toJsonSchema(z.object({ a: z.string().prefault('') })).losses).toEqual([])
  })

  it('are no loss where they do', () => {
    expect(outputLosses(z.number().catch(0))).toEqual([])
    expect(outputLosses(z.string().default(''))).toEqual([])
  })
})

describe('what comes out otherwise than it was checked', () => {
  it('is listed', () => {
    expect(outputLosses(z.string().min(3).trim())).toEqual(['overwrite narrower'])
    expect(outputLosses(z.string().trim().min(3))).toEqual([])
    expect(outputLosses(z.record(z.enum(['a', 'b']), z.unknown()))).toEqual(['required narrower'])
  })
})

function geminiLosses(schema: JsonSchema): unknown {
  return toJsonSchema(schema, { dialect: 'gemini' }).losses
}

describe('the Gemini form', () => {
  it.each<[JsonSchema, object]>([
    [{ enum: [1.5, false, true] }, { type: ['number', 'boolean'] }],
    [{ enum: ['a', false, true] }, { type: ['string', 'boolean'] }],
    [
      { enum: ['a', null, 1], type: ['string', 'null'] },
      { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] },
    ],
    [
      { enum: [1, 2], const: 2 },
      { type: 'number', enum: [2] },
    ],
    [{ anyOf: [{ type: 'string' }, true], $ref: '#' }, { $ref: '#' }],
  ])('of %o', (document, form) => {
    const { schema } = toJsonSchema({ type: 'object', properties: { a: document } }, { dialect: 'gemini' })
    expect((schema['properties'] as Record<string, unknown>)['a']).toEqual(form)
  })

  it('has no form for values that nothing fits', () => {
    for (const part of [
      { enum: [null], type: 'string' },
      { enum: [null], const: 2 },
    ]) {
      expect(() =>
        toJsonSchema({ type: 'object', required: ['a'], properties: { a: part } }, { dialect: 'gemini' }),
      ).toThrow('Gemini has no schema that nothing fits. Leave the property out.')
    }
  })

  it('judges properties by pattern like others', () => {
    const document = { type: 'object', patternProperties: { '^a': { type: 'string' } } }
    expect(geminiLosses(document)).toMatchObject([{ keyword: 'patternProperties', effect: 'wider' }])
    expect(geminiLosses({ ...document, additionalProperties: { type: 'number' } })).toMatchObject([
      { keyword: 'patternProperties', effect: 'different' },
    ])
  })
})

describe('the strict forms', () => {
  it('have no keywords about other types, and null once', () => {
    const parts = { type: 'object', properties: { a: { type: 'null', enum: [0], minItems: 2, maxLength: 3 } } }
    const form = (dialect: Dialect): unknown => toJsonSchema(parts, { dialect }).schema['properties']
    expect(form('openai-strict')).toEqual({ a: { type: 'null', enum: [0, null] } })
    expect(form('claude-strict')).toEqual({ a: { type: 'null', enum: [0] } })
  })

  it('take what is left of a union of one', () => {
    const document = { anyOf: [{ type: 'object', allOf: [{ properties: { a: { type: 'string' } } }] }] }
    expect(toJsonSchema(document, { dialect: 'claude' }).schema).toEqual({
      type: 'object',
      properties: { a: { type: 'string' } },
    })
  })
})

describe('a closed object', () => {
  it.each<Dialect>(['openai-strict', 'claude-strict'])('%s: lists what is only required', (dialect) => {
    const document = { type: 'object', required: ['b'], additionalProperties: { type: 'string' } }
    expect(toJsonSchema(document, { dialect }).schema).toMatchObject({
      properties: { b: { type: 'string' } },
      required: ['b'],
      additionalProperties: false,
    })
    expect(() => toJsonSchema({ ...document, additionalProperties: false }, { dialect })).toThrow(
      'it requires the property "b", which it forbids',
    )
  })
})

describe('limits of vendors', () => {
  it.each<[Dialect, z.ZodType, string]>([
    [
      'openai-strict',
      z.string(),
      'OpenAI strict form: at the root, OpenAI strict wants an object, got the type "string". Put it into a property of an object.',
    ],
    [
      'openai-strict',
      z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
      'OpenAI strict form: at the root, OpenAI strict wants an object, got a union. Put it into a property of an object.',
    ],
    [
      'openai-strict',
      z.object({ a: z.enum(Array.from({ length: 1001 }, (_, index) => `v${index}`)) }),
      'OpenAI strict form: at the root, it has 1001 enum values; OpenAI takes 1000. Split the schema.',
    ],
    [
      'openai-strict',
      Array.from({ length: 10 }).reduce<z.ZodType>((inner) => z.object({ inner }), z.object({})),
      'OpenAI strict form: at the root, it has 11 levels of nested objects; OpenAI takes 10. Split the schema.',
    ],
    [
      'openai-strict',
      z.object({ no: z.never() }),
      'OpenAI strict form: at no, OpenAI strict has no schema that nothing fits. Leave the property out.',
    ],
    [
      'gemini',
      z.object({ no: z.union([z.void(), z.union([z.never(), z.undefined()])]).array() }),
      'Gemini form: at no.*, Gemini has no schema that nothing fits. Leave the property out.',
    ],
    [
      'claude',
      z.array(z.string()),
      'Claude tool input form: at the root, Claude tool input wants an object, got the type "array". Put it into a property of an object.',
    ],
    [
      'claude',
      z.object({ 'a b': z.string() }),
      'Claude tool input form: at the root, the property "a b" is not named as Claude tool input wants it: 1 to 64 letters, digits, "_", "." and "-".',
    ],
  ])('%s: %#', (dialect, schema, message) => {
    expect(() => toJsonSchema(schema, { dialect })).toThrow(`The schema has no ${message}`)
  })

  it('a record has no place in a closed object: that is listed', () => {
    expect(field(z.record(z.string(), z.number()), { dialect: 'openai-strict' })).toEqual({
      form: { type: 'object', properties: {}, required: [], additionalProperties: false },
      losses: ['field additionalProperties narrower validation'],
    })
  })
})

describe('a named type', () => {
  it('is written with its name as the format', () => {
    const sku = defineType('sku', { base: z.string().regex(/^[A-Z]{3}$/) })
    expect(field(sku)).toEqual({ form: { type: 'string', format: 'sku', pattern: '^[A-Z]{3}$' }, losses: [] })
  })
})
