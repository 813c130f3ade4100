import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import { defineType, namedTypeOf, namedTypes } from './define-type.ts'

const isbn = defineType('isbn', {
  base: z.string(),
  check: (text) => /^\d{9}[\dX]$/.test(text),
  coerce: (input) => (typeof input === 'string' ? input.replaceAll('-', '') : input),
  jsonSchema: { type: 'string', pattern: '^[0-9-]{9,12}[0-9X]$' },
  example: () => '0-306-40615-2',
})

const even = defineType('even', { base: z.number(), check: (value) => value % 2 === 0, message: 'Not even' })

describe('defineType', () => {
  it('checks', () => {
    const { check } = compile(z.object({ size: even }))
    expect(check({ size: 2 })).toEqual({ ok: true, value: { size: 2 } })
    expect(check({ size: 3 })).toEqual({
      ok: false,
      issues: [{ code: 'custom', path: ['size'], message: 'Not even', params: { type: 'even' } }],
    })
    expect(check({ size: 'x' })).toMatchObject({ issues: [{ code: 'invalid_type' }] })
  })

  it('coerces', () => {
    const { parse, check } = compile(isbn)
    expect(parse('0-306-40615-2')).toBe('0306406152')
    expect(check('0-3')).toMatchObject({ issues: [{ message: 'Invalid isbn' }] })
    expect(check(3)).toMatchObject({ issues: [{ code: 'invalid_type' }] })
  })

  it('is shown in JSON Schema by its form and its name', () => {
    expect(z.toJSONSchema(z.object({ id: isbn, size: even }), { io: 'input' })).toMatchObject({
      properties: {
        id: { type: 'string', format: 'isbn', pattern: '^[0-9-]{9,12}[0-9X]$' },
        size: { type: 'number', format: 'even' },
      },
    })
  })

  it('keeps a format that its form states', () => {
    const schema = defineType('moment', { base: z.string(), jsonSchema: { type: 'string', format: 'date-time' } })
    expect(z.toJSONSchema(schema)).toMatchObject({ format: 'date-time' })
  })

  it.each([
    [() => defineType('', { base: z.string() }), '"name" must be a non-empty string, got a string ("").'],
    [() => defineType('a', undefined as never), '"definition" must be an object, got undefined.'],
    [() => defineType('a', {} as never), '"definition.base" must be a schema of zod 4, got undefined.'],
    [
      () => defineType('a', { base: z.string(), check: /a/ as never }),
      '"definition.check" must be a function, got an object.',
    ],
    [
      () => defineType('a', { base: z.string(), jsonSchema: null as never }),
      '"definition.jsonSchema" must be an object, got null.',
    ],
    [
      () => defineType('a', { base: z.string(), examples: [] } as never),
      'Unknown member "examples" of "definition". It may have: base, check, coerce, example, message, jsonSchema.',
    ],
  ])('refuses what is no definition: %s', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})

describe('namedTypeOf', () => {
  it('finds the type', () => {
    expect(namedTypeOf(isbn)).toMatchObject({ name: 'isbn', base: expect.any(z.ZodString) })
    expect(namedTypeOf(z.string())).toBeUndefined()
  })

  it('finds it behind added checks and descriptions', () => {
    const more = isbn.refine((text) => text !== '0').describe('The number on the back')
    expect(namedTypeOf(more)).toBe(namedTypeOf(isbn))
  })

  it('does not take what contains the type for the type', () => {
    expect(namedTypeOf(isbn.optional())).toBeUndefined()
    expect(namedTypeOf(z.array(isbn))).toBeUndefined()
  })
})

describe('namedTypes', () => {
  it('lists types by name', () => {
    expect([...namedTypes([isbn, even]).keys()]).toEqual(['isbn', 'even'])
  })

  it.each([
    [() => namedTypes('isbn' as never), '"types" must be an array, got a string ("isbn").'],
    [() => namedTypes([z.string()]), '"types[0]" must be made by defineType(), got an object.'],
    [() => namedTypes([isbn, isbn]), '"types" must have different names, got "isbn" twice.'],
  ])('refuses others', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})
