import { EmpireError } from '@empire/errors'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import { InvalidValueError } from './invalid-value-error.ts'

function failureOf(schema: z.ZodType, value: unknown): InvalidValueError {
  try {
    compile(schema).parse(value)
  } catch (error) {
    if (error instanceof InvalidValueError) return error
    throw error
  }
  throw new Error('The value fits.')
}

function linesOf(schema: z.ZodType, value: unknown): string[] {
  return failureOf(schema, value).message.split('\n')
}

function wrap(inner: z.ZodType): z.ZodType {
  return z.union(Array.from({ length: 6 }, () => z.object({ a: inner })))
}

describe('InvalidValueError', () => {
  it('has a line for each issue, with what was expected and what came', () => {
    const order = z.strictObject({
      name: z.string().min(3),
      kind: z.enum(['a', 'b']),
      items: z.array(z.object({ price: z.number().positive(), 'unit-price': z.number() })),
    })
    const value = { name: 'ab', kind: 'z', items: [{ price: '3' }, { price: -1, 'unit-price': 2 }], extra: 1 }
    expect(failureOf(order, value).message).toBe(
      [
        'The value does not fit the schema:',
        '- name: Too small: expected string to have >=3 characters, received a string ("ab")',
        '- kind: Invalid option: expected one of "a"|"b", received a string ("z")',
        '- items[0].price: Invalid input: expected number, received string',
        '- items[0]["unit-price"]: Invalid input: expected number, received undefined',
        '- items[1].price: Too small: expected number to be >0, received a number (-1)',
        '- (value): Unrecognized key: "extra"',
      ].join('\n'),
    )
  })

  it('carries all issues, and facts for those who act on them', () => {
    const error = failureOf(z.object({ id: z.array(z.string()) }), { id: [1] })
    expect(EmpireError.isInstance(error)).toBe(true)
    expect(error.name).toBe('InvalidValueError')
    expect(error).toMatchObject({
      code: 'invalid_value',
      retryable: false,
      issues: [{ code: 'invalid_type', path: ['id', 0], expected: 'string' }],
      details: {
        issues: [
          { code: 'invalid_type', path: ['id', '0'], message: 'Invalid input: expected string, received number' },
        ],
      },
    })
  })

  it('goes into the options of a union and the keys of a record', () => {
    const schema = z.object({
      id: z.union([z.number(), z.object({ value: z.string() })]),
      sizes: z.record(z.string().max(1), z.number()),
    })
    expect(linesOf(schema, { id: { value: 3 }, sizes: { ab: 1 } }).slice(1)).toEqual([
      '- id: Invalid input, received an object',
      '  - id: Invalid input: expected number, received object',
      '  - id.value: Invalid input: expected string, received number',
      '- sizes.ab: Invalid key in record, received a key ("ab")',
      '  - sizes.ab: Too big: expected string to have <=1 characters, received a key ("ab")',
    ])
  })

  it('goes into maps and sets', () => {
    const key = { a: 1 }
    const schema = z.tuple([z.map(z.unknown(), z.string()), z.map(z.string(), z.number()), z.set(z.number())])
    expect(linesOf(schema, [new Map([[key, 1]]), new Map([['x', 'y']]), new Set(['a'])]).slice(1)).toEqual([
      '- [0]: Invalid value in map',
      '  - [0]: Invalid input: expected string, received number',
      '- [1].x: Invalid input: expected number, received string',
      '- [2]: Invalid input: expected number, received string',
    ])
  })

  it('lists 50 issues and counts the others', () => {
    const error = failureOf(
      z.array(z.string()),
      Array.from({ length: 120 }, () => 1),
    )
    const lines = error.message.split('\n')
    expect(lines).toHaveLength(52)
    expect(lines.at(-1)).toBe('- … and 70 more: see "issues"')
    expect(error.issues).toHaveLength(120)
  })

  it('shows no secret', () => {
    const schema = z.object({
      password: z.string().min(20),
      login: z.object({ apiKey: z.string().min(90) }),
      note: z.string().max(3),
    })
    const key = `sk-ant-api03-${'aB3'.repeat(31)}`
    const error = failureOf(schema, { password: 'hunter2', login: { apiKey: 'k1' }, note: `see ${key}` })
    expect(error.message.split('\n').slice(1)).toEqual([
      '- password: Too small: expected string to have >=20 characters, received [redacted]',
      '- login.apiKey: Too small: expected string to have >=90 characters, received [redacted]',
      '- note: Too big: expected string to have <=3 characters, received a string ("see [redacted]")',
    ])
    expect(JSON.stringify(error)).not.toContain('sk-ant')
  })

  it('says nothing of what cannot be read', () => {
    const value = {
      get a(): string {
        throw new Error('no')
      },
    }
    const issues = [{ code: 'custom', path: ['a', 'b'], message: 'Wrong' }]
    expect(new InvalidValueError(issues, value).message).toBe('The value does not fit the schema:\n- a.b: Wrong')
  })

  it('stays short for wide and deep unions', () => {
    const value = { a: { a: { a: { a: 'x' } } } }
    const lines = linesOf(wrap(wrap(wrap(wrap(z.number())))), value)
    expect(lines).toHaveLength(22)
    expect(lines.slice(1, 6)).toEqual([
      '- (value): Invalid input, received an object',
      '  - a: Invalid input, received an object',
      '    - a.a: Invalid input, received an object',
      '      - a.a.a: Invalid input, received an object',
      '        - a.a.a.a: Invalid input: expected number, received string',
    ])
    expect(lines.at(-1)).toBe('  - …')
  })
})
