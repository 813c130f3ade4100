import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineType } from './define-type.ts'
import { inferSchema, type InferSchemaOptions } from './infer-schema.ts'

/** The inferred schema, as JSON Schema. */
function inferred(examples: Iterable<unknown>, options?: InferSchemaOptions): unknown {
  const { $schema: _, ...json } = z.toJSONSchema(inferSchema(examples, options), { unrepresentable: 'any' })
  return json
}

const whole = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }

describe('inferSchema', () => {
  it('accepts every example', () => {
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.anything({ withDate: true, withBigInt: true, withSparseArray: true }),
    )
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), (examples) => {
        const schema = inferSchema(examples)
        for (const example of examples) expect(schema.safeParse(example).error?.issues).toBeUndefined()
      }),
      { numRuns: 100 },
    )
  })

  it('accepts every example of records and objects with few keys', () => {
    const key = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '1', '22'), fc.string())
    const scalar = fc.oneof(fc.integer(), fc.constantFrom('x', 'y', null, 1.5), fc.emailAddress(), fc.boolean())
    const values = fc.dictionary(key, fc.oneof(scalar, fc.dictionary(key, scalar), fc.array(scalar)))
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 25, size: '+1' }), (examples) => {
        const schema = inferSchema(examples)
        for (const example of examples) expect(schema.safeParse(example).error?.issues).toBeUndefined()
      }),
      { numRuns: 25 },
    )
  })

  it('makes a field optional that is missing somewhere, and a value nullable that is null somewhere', () => {
    expect(
      inferred([
        { a: 1, b: null, c: null },
        { a: 2, b: 'x', c: null, d: true },
      ]),
    ).toEqual({
      type: 'object',
      properties: {
        a: whole,
        b: { type: ['string', 'null'] },
        c: { type: 'null' },
        d: { type: 'boolean' },
      },
      required: ['a', 'b', 'c'],
      additionalProperties: false,
    })
  })

  it('tells whole numbers from others', () => {
    expect(inferred([1, -3])).toEqual(whole)
    expect(inferred([1, 0.5])).toEqual({ type: 'number' })
    expect(inferred([2 ** 60])).toEqual({ type: 'number' })
  })

  it.each([
    ['uuid', ['7b0a3c5e-1f2d-4a6b-8c9d-0e1f2a3b4c5d']],
    ['date-time', ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.5+02:00']],
    ['date', ['2024-02-29', '2023-01-01']],
    ['duration', ['P1D', 'PT3H']],
    ['email', ['ada@example.org', 'b@example.com']],
    ['ipv4', ['10.0.0.1', '192.168.1.1']],
    ['uri', ['https://example.org/a', 'http://example.com']],
    ['uri', ['ftp://example.org/a', 'https://example.org']],
  ])('recognises the format %s of %j', (format, examples) => {
    expect(inferred(examples)).toMatchObject({ type: 'string', format })
    expect(inferred([...examples, 'other'])).toEqual({ type: 'string' })
  })

  it('recognises times of day, which JSON Schema has no format for', () => {
    expect(inferred(['12:00:00', '23:59'])).toMatchObject({ type: 'string', pattern: expect.any(String) })
  })

  it('recognises named types first', () => {
    const mail = defineType('company-mail', { base: z.email(), check: (text) => text.endsWith('@example.org') })
    expect(inferred(['a@example.org'], { types: [mail] })).toMatchObject({ format: 'company-mail' })
    expect(inferred(['a@example.com'], { types: [mail] })).toMatchObject({ format: 'email' })
  })

  it('takes few texts that come again for an enum', () => {
    expect(inferred(['a', 'b', 'a', 'a', 'b', 'a'])).toEqual({ type: 'string', enum: ['a', 'b'] })
    expect(inferred(['a', 'b', 'a', 'a', 'b'])).toEqual({ type: 'string' })
    const many = Array.from({ length: 99 }, (_, index) => `t${index % 11}`)
    expect(inferred(many)).toEqual({ type: 'string' })
  })

  it('joins different kinds', () => {
    expect(inferred([1, 'x', [true], { a: 1 }, null])).toEqual({
      anyOf: [
        {
          anyOf: [
            whole,
            { type: 'string' },
            { type: 'array', items: { type: 'boolean' } },
            { type: 'object', properties: { a: whole }, required: ['a'], additionalProperties: false },
          ],
        },
        { type: 'null' },
      ],
    })
  })

  it('knows arrays by all their elements', () => {
    expect(inferred([[], [1], [2, null]])).toEqual({ type: 'array', items: { anyOf: [whole, { type: 'null' }] } })
    expect(inferred([[]])).toEqual({ type: 'array', items: {} })
  })

  it('takes objects for records where the keys are ids', () => {
    const record = { type: 'object', propertyNames: { type: 'string' }, additionalProperties: whole }
    expect(inferred([{ '17': 1, '4': 2 }])).toEqual(record)
    expect(inferred([{ '2024-01-01': 1 }, { '2024-01-02': 3 }])).toEqual(record)
  })

  it('takes objects for records where there are many keys that differ', () => {
    const objects = Array.from({ length: 30 }, (_, index) => ({ [`word${index}`]: index, [`word${index + 1}`]: 1 }))
    expect(inferred(objects)).toEqual({
      type: 'object',
      propertyNames: { type: 'string' },
      additionalProperties: whole,
    })
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`field${index}`, index]))
    expect(inferred([wide, wide])).toHaveProperty('properties.field3')
  })

  it('ends at the 64th level', () => {
    const deep = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)) as unknown
    expect(inferSchema([deep]).safeParse(deep).success).toBe(true)
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    expect(inferSchema([cyclic]).safeParse([]).success).toBe(true)
  })

  it('reads any iterable once', () => {
    expect(inferred([1, 2].values())).toEqual(whole)
  })

  it('does not let a key change what objects inherit', () => {
    inferSchema([JSON.parse('{"__proto__": {"polluted": 1}}')])
    expect('polluted' in {}).toBe(false)
  })

  it.each([
    [() => inferSchema(3 as never), '"examples" must be an array or another iterable, got a number (3).'],
    [() => inferSchema([]), '"examples" must hold at least one example, got none.'],
    [() => inferSchema([1], { type: [] } as never), '"options" has no key "type". Did you mean "types"?'],
    [() => inferSchema([1], { types: [z.int()] }), '"types[0]" must be made by defineType(), got an object.'],
  ])('refuses what it cannot take: %s', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})
