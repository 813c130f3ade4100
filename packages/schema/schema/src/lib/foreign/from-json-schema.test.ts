import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineType } from '../define-type.ts'
import type { JsonSchema } from '../json-schema.ts'
import { fromJsonSchema, type FromJsonSchemaOptions } from './from-json-schema.ts'

async function verdicts(
  document: JsonSchema,
  values: readonly unknown[],
  options?: FromJsonSchemaOptions,
): Promise<boolean[]> {
  const validator = await fromJsonSchema(document, options)
  return values.map((value) => validator.is(value))
}

async function issuesOf(document: JsonSchema, value: unknown): Promise<readonly unknown[]> {
  const verdict = (await fromJsonSchema(document)).check(value)
  return verdict.ok ? [] : verdict.issues
}

const readPattern = (source: string): { test: (text: string) => boolean } => ({ test: (text) => text === source })

const recursive = (anchor: boolean): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2019-09/schema',
  $id: 'https://example.com/outer',
  $recursiveAnchor: anchor,
  $ref: 'inner',
  unevaluatedProperties: false,
  $defs: { inner: { $id: 'inner', $recursiveAnchor: true, properties: { next: { $recursiveRef: '#' } } } },
})

const vocabulary = (required: Record<string, boolean>): FromJsonSchemaOptions => ({
  resolve: () => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', $vocabulary: required }),
})

describe('fromJsonSchema', () => {
  it('makes a validator that waits for nothing, with the interface of Standard Schema', async () => {
    const validator = await fromJsonSchema({ type: 'object', required: ['a'] })
    expect(validator.is({ a: 1 })).toBe(true)
    expect(validator.check({ a: 1 })).toEqual({ ok: true, value: { a: 1 } })
    expect(validator.parse({ a: 1 })).toEqual({ a: 1 })
    const standard = validator['~standard']
    expect([standard.version, standard.vendor]).toEqual([1, 'empire'])
    expect(standard.validate({ a: 1 })).toEqual({ value: { a: 1 } })
    expect(standard.validate({})).toMatchObject({ issues: [{ path: ['a'] }] })
    expect(() => validator.parse({})).toThrow(
      'The value does not fit the schema:\n- a: Invalid input: expected a value, for the property is required, received undefined',
    )
  })

  it('says of each issue where in the value, what was expected, what came, and which keyword of which schema refused', async () => {
    const document = {
      $id: 'https://example.com/order',
      type: 'object',
      properties: { count: { type: 'integer', minimum: 1 }, note: { type: 'string', maxLength: 3 } },
      additionalProperties: false,
    }
    expect(await issuesOf(document, { count: 0, note: '😀😀😀😀', x: 1 })).toEqual([
      {
        code: 'too_small',
        origin: 'number',
        inclusive: true,
        minimum: 1,
        path: ['count'],
        message: 'Invalid input: expected a number of at least 1, received a number (0)',
        keyword: 'minimum',
        schemaLocation: 'https://example.com/order#/properties/count/minimum',
      },
      {
        code: 'too_big',
        origin: 'string',
        inclusive: true,
        maximum: 3,
        path: ['note'],
        message: 'Invalid input: expected at most 3 characters (got 4), received a string ("😀😀😀😀")',
        keyword: 'maxLength',
        schemaLocation: 'https://example.com/order#/properties/note/maxLength',
      },
      {
        code: 'unrecognized_keys',
        keys: ['x'],
        path: [],
        message: 'Invalid input: expected no other properties (got "x"), received an object',
        keyword: 'additionalProperties',
        schemaLocation: 'https://example.com/order#/additionalProperties',
      },
    ])
  })

  it('hides what came under a secret name', async () => {
    expect(await issuesOf({ properties: { password: { type: 'integer' } } }, { password: 'hunter2' })).toMatchObject([
      { message: 'Invalid input: expected integer, received [redacted]' },
    ])
  })

  it('lists the issues of every option of a union', async () => {
    const issues = await issuesOf({ anyOf: [{ type: 'string' }, { type: 'object', required: ['a'] }] }, {})
    expect(issues).toMatchObject([
      { code: 'invalid_union', path: [], errors: [[{ code: 'invalid_type' }], [{ path: ['a'], keyword: 'required' }]] },
    ])
    expect(await issuesOf({ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 3)).toMatchObject([
      {
        message:
          'Invalid input: expected a value that fits only one of 2 options (it fits options 0, 1), received a number (3)',
      },
    ])
  })

  it('compares numbers as they are written', async () => {
    expect(await verdicts({ multipleOf: 0.01 }, [0.07, 4.35, 19.99, 1.005, 0])).toEqual([true, true, true, false, true])
    expect(await verdicts({ multipleOf: 0.0001 }, [0.0075, 0.00751])).toEqual([true, false])
    expect(await verdicts({ type: 'integer', multipleOf: 0.123456789 }, [1e308])).toEqual([false])
    expect(await verdicts({ multipleOf: 0.5 }, [1e308])).toEqual([true])
    expect(await verdicts({ type: 'integer' }, [1, -0, 1.5, 1e300])).toEqual([true, true, false, true])
    expect(await verdicts({ type: 'number' }, [Number.NaN, Infinity, 1])).toEqual([false, false, true])
    expect(await verdicts({ const: 1 }, [true, 1, '1'])).toEqual([false, true, false])
  })

  it('compares structures by value, in any order of their keys', async () => {
    expect(
      await verdicts({ const: { a: [1, { b: null }] } }, [{ a: [1, { b: null }] }, { a: [{ b: null }, 1] }]),
    ).toEqual([true, false])
    expect(await verdicts({ enum: [{ a: 1, b: 2 }, []] }, [{ b: 2, a: 1 }, [], {}])).toEqual([true, true, false])
    const unique = await fromJsonSchema({ uniqueItems: true })
    expect(unique.is([1, true, '1', [1], { a: 1, b: 2 }])).toBe(true)
    expect(
      unique.is([
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toBe(false)
    expect(unique.is([0, -0])).toBe(false)
  })

  it('judges values as JSON: what is undefined is absent, what is inherited is not there', async () => {
    expect(await verdicts({ required: ['a'] }, [{ a: undefined }, { a: null }])).toEqual([false, true])
    expect(await verdicts({ maxProperties: 0, additionalProperties: false }, [{ a: undefined }])).toEqual([true])
    expect(await verdicts({ required: ['toString'] }, [{}])).toEqual([false])
    expect(await verdicts({ properties: { constructor: { type: 'number' } } }, [{}])).toEqual([true])
    const hostile = JSON.parse('{"__proto__": 1}') as unknown
    const properties = JSON.parse('{"properties": {"__proto__": {"type": "string"}}}') as JsonSchema
    expect(await verdicts(properties, [hostile, {}])).toEqual([false, true])
  })

  it('counts code points', async () => {
    expect(await verdicts({ minLength: 2, maxLength: 2 }, ['😀😀', '😀', 'ab', '😀a', '\ud83d'])).toEqual([
      true,
      false,
      true,
      true,
      false,
    ])
  })

  it('reads patterns in Unicode mode, without it where they are none, and with an engine of the caller', async () => {
    expect(await verdicts({ pattern: '^\\p{L}+$' }, ['é', '1'])).toEqual([true, false])
    expect(await verdicts({ pattern: '^.$' }, ['😀'])).toEqual([true])
    expect(await verdicts({ pattern: '^a\\-b$' }, ['a-b'])).toEqual([true])
    expect(
      await verdicts({ pattern: 'a', patternProperties: { b: false } }, ['a', 'ba', { b: 1 }, { ab: 1 }], {
        readPattern,
      }),
    ).toEqual([true, false, false, true])
  })

  it('reads the draft of $schema, unless the caller says another', async () => {
    const old = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $ref: '#/definitions/a',
      type: 'string',
      definitions: { a: true },
    }
    expect(await verdicts(old, [1])).toEqual([true])
    expect(await verdicts(old, [1], { draft: '2020-12' })).toEqual([false])
    expect(await verdicts({ prefixItems: [false] }, [[1]])).toEqual([false])
    expect(await verdicts({ prefixItems: [false] }, [[1]], { draft: '2019-09' })).toEqual([true])
    expect(await verdicts({ items: [false] }, [[1]], { draft: '2019-09' })).toEqual([false])
  })

  it('follows $dynamicRef to the outermost anchor, and $recursiveRef where the root allows it', async () => {
    const tree = {
      $id: 'https://example.com/tree',
      $dynamicAnchor: 'node',
      properties: { children: { items: { $dynamicRef: '#node' } } },
    }
    const strict = {
      $id: 'https://example.com/strict',
      $dynamicAnchor: 'node',
      $ref: 'tree',
      unevaluatedProperties: false,
      $defs: { tree },
    }
    expect(await verdicts(strict, [{ children: [{ children: [] }] }, { children: [{ more: 1 }] }])).toEqual([
      true,
      false,
    ])
    expect(await verdicts(recursive(true), [{ next: { next: {} } }, { next: { more: 1 } }])).toEqual([true, false])
    expect(await verdicts(recursive(false), [{ next: { more: 1 } }])).toEqual([true])
  })

  it('leaves out what the vocabulary of a custom metaschema leaves out', async () => {
    const document = { $schema: 'https://example.com/meta', properties: { a: { minimum: 10 }, b: false } }
    const applicator = { 'https://json-schema.org/draft/2020-12/vocab/applicator': true }
    expect(await verdicts(document, [{ a: 1 }, { b: 1 }], vocabulary(applicator))).toEqual([true, false])
    await expect(fromJsonSchema(document, vocabulary({ 'https://example.com/own': true }))).rejects.toThrow(
      'The document is not a valid JSON Schema: at https://example.com/meta#/$vocabulary, the vocabulary https://example.com/own is required, but not known here.',
    )
  })

  it('checks a format that is the name of a type that was given, and no other', async () => {
    const even = defineType('even', { base: z.int(), check: (value) => value % 2 === 0 })
    expect(await verdicts({ format: 'even' }, [2, 3, 'a'], { types: [even] })).toEqual([true, false, false])
    expect(await verdicts({ format: 'even' }, [3])).toEqual([true])
    expect(await verdicts({ format: 'email' }, ['nobody'])).toEqual([true])
  })
})

describe('references of fromJsonSchema', () => {
  it('lead to other documents through resolve alone, each fetched once', async () => {
    const asked: string[] = []
    const documents: Record<string, JsonSchema> = {
      'https://example.com/a': { $ref: 'b#/$defs/number' },
      'https://example.com/b': { $defs: { number: { type: 'number' }, back: { $ref: 'a' } } },
    }
    const validator = await fromJsonSchema(
      { properties: { a: { $ref: 'https://example.com/a' }, b: { $ref: 'https://example.com/b#/$defs/number' } } },
      {
        resolve: async (uri) => {
          asked.push(uri)
          return documents[uri]
        },
      },
    )
    expect(asked).toEqual(['https://example.com/a', 'https://example.com/b'])
    expect(validator.is({ a: 1, b: 1 })).toBe(true)
    expect(validator.is({ a: 'x' })).toBe(false)
  })

  it('name what they do not find', async () => {
    await expect(fromJsonSchema({ items: { $ref: 'https://example.com/a.json#/x' } })).rejects.toMatchObject({
      name: 'UnresolvedReferenceError',
      code: 'unresolved_reference',
      uri: 'https://example.com/a.json',
      message:
        'The reference to https://example.com/a.json at #/items leads nowhere: nothing is fetched without the option "resolve".',
    })
    await expect(fromJsonSchema({ $ref: 'a.json' }, { resolve: () => undefined })).rejects.toThrow(
      'The reference to a.json at # leads nowhere: the option "resolve" has no such document.',
    )
    await expect(fromJsonSchema({ $ref: '#/$defs/none' })).rejects.toThrow(
      'The reference to #/$defs/none at # leads nowhere: the document has no schema there.',
    )
    const failed = new Error('down')
    await expect(
      fromJsonSchema({ $ref: 'https://example.com/a' }, { resolve: () => Promise.reject(failed) }),
    ).rejects.toMatchObject({ code: 'unresolved_reference', cause: failed })
  })

  it('end with the signal, whose reason comes out untouched', async () => {
    const reason = new Error('enough')
    await expect(fromJsonSchema({}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const waiting = fromJsonSchema(
      { $ref: 'https://example.com/a' },
      {
        signal: controller.signal,
        resolve: (_, { signal }) =>
          new Promise((_resolve, reject) =>
            signal?.addEventListener('abort', () => reject(new Error('closed')), { once: true }),
          ),
      },
    )
    queueMicrotask(() => controller.abort(reason))
    await expect(waiting).rejects.toBe(reason)
  })

  it('of two documents with one $id do not meet', async () => {
    const text = await fromJsonSchema({
      $id: 'https://example.com/one',
      $ref: '#/$defs/x',
      $defs: { x: { type: 'string' } },
    })
    const number = await fromJsonSchema({
      $id: 'https://example.com/one',
      $ref: '#/$defs/x',
      $defs: { x: { type: 'number' } },
    })
    expect([text.is('a'), text.is(1), number.is('a'), number.is(1)]).toEqual([true, false, false, true])
  })

  it('do not see what the caller does to the document afterwards', async () => {
    const document = { enum: [[1]] }
    const validator = await fromJsonSchema(document)
    document.enum[0]?.push(2)
    expect(validator.is([1])).toBe(true)
  })
})

describe('what fromJsonSchema refuses', () => {
  it.each<[JsonSchema, string]>([
    [
      { properties: { age: { type: 'strng' } } },
      '#/properties/age/type, expected one of "array", "boolean", "integer", "null", "number", "object", "string", received a string ("strng").',
    ],
    [{ minLength: -1 }, '#/minLength, expected a number of at least 0, received a number (-1).'],
    [{ items: { pattern: '(' } }, '#/items/pattern, expected a regular expression, got "(".'],
    [
      { $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } } },
      '#/$defs/a/allOf/0, it leads back to itself about the same value, which never ends.',
    ],
    [
      { $schema: 'https://example.com/own' },
      '#/$schema, https://example.com/own is none of draft-07, 2019-09, 2020-12. Say which to read it as with "draft", or give its metaschema with "resolve".',
    ],
  ])('%j', async (document, where) => {
    await expect(fromJsonSchema(document)).rejects.toMatchObject({
      code: 'invalid_json_schema',
      message: `The document is not a valid JSON Schema: at ${where}`,
    })
  })

  it('is misuse where no schema comes at all', async () => {
    await expect(fromJsonSchema(5 as never)).rejects.toThrow(
      new TypeError('"document" must be a JSON Schema: an object or a boolean, got a number (5).'),
    )
    await expect(fromJsonSchema({}, { draft: 'draft-04' as never })).rejects.toThrow(
      new TypeError('"options.draft" must be one of draft-07, 2019-09, 2020-12, got a string ("draft-04").'),
    )
  })
})

const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = {}
  for (let level = 0; level < levels; level += 1) value = wrap(value)
  return value
}

describe('depth', () => {
  it('of a document is an error where it is too much', async () => {
    const deep = nested(100_000, (items) => ({ items })) as JsonSchema
    await expect(fromJsonSchema(deep)).rejects.toThrow(
      'The document is not a valid JSON Schema: at #, it is nested too deeply to be read.',
    )
  })

  it('of a value is an issue where it is too much, and no matter where it is not', async () => {
    const validator = await fromJsonSchema({
      $ref: '#/$defs/list',
      $defs: { list: { items: { $ref: '#/$defs/list' } } },
    })
    expect(validator.is(nested(500, (inner) => [inner]))).toBe(true)
    expect(validator.check(nested(100_000, (inner) => [inner]))).toMatchObject({
      ok: false,
      issues: [
        {
          code: 'too_deep',
          message: 'Invalid input: expected a value that is less deeply nested, received one that cannot be checked',
        },
      ],
    })
    expect((await fromJsonSchema({ type: 'array' })).is(nested(100_000, (inner) => [inner]))).toBe(true)
  })
})
