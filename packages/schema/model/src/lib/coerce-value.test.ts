import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { coerceValue } from './coerce-value.ts'
import { defineModel } from './define-model.ts'

describe('coerceValue', () => {
  it.each([
    [z.number(), '12', 12],
    [z.number(), ' -1.5e3 ', -1500],
    [z.number(), '.5', 0.5],
    [z.int(), '9007199254740991', 9007199254740991],
    [z.bigint(), '9007199254740993', 9007199254740993n],
    [z.bigint(), 7, 7n],
    [z.boolean(), 'true', true],
    [z.boolean(), 'False', false],
    [z.date(), '2026-02-28', new Date('2026-02-28')],
    [z.date(), '2026-01-31T12:00:00+01:00', new Date('2026-01-31T11:00:00Z')],
    [z.literal([1, true, 'a']), '1', 1],
    [z.literal([1, true, 'a']), 'true', true],
    [z.array(z.number().optional()), ['1', undefined], [1, undefined]],
    [z.tuple([z.number()], z.boolean()), ['1', 'true'], [1, true]],
    [z.object({ a: z.number().nullable().default(1) }), { a: '1', b: '2' }, { a: 1, b: '2' }],
    [z.record(z.string(), z.number()), { a: '1' }, { a: 1 }],
    [z.set(z.number()), ['1'], new Set([1])],
    [z.map(z.number(), z.boolean()), [['1', 'true']], new Map([[1, true]])],
    [z.map(z.string(), z.number()), { a: '1' }, new Map([['a', 1]])],
    [z.union([z.string(), z.number()]), '1', '1'],
    [z.union([z.number(), z.boolean()]), 'true', true],
    [z.intersection(z.object({ a: z.number() }), z.object({ b: z.number() })), { a: '1', b: '2' }, { a: 1, b: 2 }],
    [z.number().transform(String), '1', 1],
    [z.lazy(() => z.number()), '1', 1],
    [z.readonly(z.number().catch(0)), '1', 1],
  ])('reads %o from %o', (schema, value, expected) => {
    expect(coerceValue(schema, value)).toEqual(expected)
  })

  it.each([
    [z.number(), ''],
    [z.number(), 'Infinity'],
    [z.number(), 'NaN'],
    [z.number(), '1e400'],
    [z.number(), '0x10'],
    [z.number(), '1_000'],
    [z.number(), '12px'],
    [z.number(), '9007199254740993'],
    [z.number(), true],
    [z.bigint(), '1.5'],
    [z.bigint(), 2 ** 60],
    [z.boolean(), 1],
    [z.boolean(), 'yes'],
    [z.date(), '2026-02-30'],
    [z.date(), '1'],
    [z.date(), 0],
    [z.string(), 1],
    [z.number().nullable(), null],
    [z.union([z.number(), z.boolean()]), 'maybe'],
    [z.map(z.string(), z.number()), [['a', 1, 2]]],
    [z.array(z.number()), '1'],
  ])('leaves what %o is not said by %o', (schema, value) => {
    expect(coerceValue(schema, value)).toBe(value)
  })

  it('takes the text of every number, and gives that number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const coerced = coerceValue(z.number(), String(number))
        expect(coerced === number || (Number.isInteger(number) && !Number.isSafeInteger(number))).toBe(true)
      }),
    )
  })

  it('never changes a value that the schema takes', () => {
    const schema = z.object({ a: z.number(), b: z.array(z.union([z.string(), z.bigint()])), c: z.date().optional() })
    const arbitrary = fc.record({
      a: fc.double(),
      b: fc.array(fc.oneof(fc.string(), fc.bigInt())),
      c: fc.option(fc.date()),
    })
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(coerceValue(schema, value)).toEqual(value)
      }),
    )
  })

  it('is fast on long texts', () => {
    expect(coerceValue(z.bigint(), '1'.repeat(1_000_000))).toHaveLength(1_000_000)
    expect(coerceValue(z.number(), '1'.repeat(1_000_000))).toHaveLength(1_000_000)
  })

  it('is asked for by a model', () => {
    const fields = { size: z.number() }
    expect(defineModel('A', fields, { coercion: 'safe' }).parse({ size: '3' })).toEqual({ size: 3 })
    expect(() => defineModel('A', fields).parse({ size: '3' })).toThrow(
      'size: expected a number, received a string ("3").',
    )
  })
})
