import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import { merge } from './merge.ts'

const named = z.object({ id: z.int(), name: z.string() })

describe('merge', () => {
  it('has the fields of all, and of two with one name the later', () => {
    const { parse, is } = compile(merge(named, z.object({ id: z.string() }), z.object({ age: z.int().optional() })))
    expect(parse({ id: 'a', name: 'Ada', age: 36, more: 1 })).toEqual({ id: 'a', name: 'Ada', age: 36 })
    expect(is({ id: 1, name: 'Ada' })).toBe(false)
  })

  it('treats unknown keys as the last one says', () => {
    const value = { id: 1, name: 'Ada', more: 'x' }
    expect(compile(merge(named, z.strictObject({}))).check(value)).toMatchObject({
      issues: [{ code: 'unrecognized_keys', keys: ['more'] }],
    })
    expect(compile(merge(named, z.looseObject({}))).parse(value)).toEqual(value)
    expect(compile(merge(z.strictObject({}), named)).parse(value)).toEqual({ id: 1, name: 'Ada' })
    expect(compile(merge(named, z.object({}).catchall(z.int()))).check(value)).toMatchObject({
      issues: [{ path: ['more'] }],
    })
  })

  it('keeps the checks of all', () => {
    const first = named.refine(({ id }) => id !== 0, 'No zero')
    const second = z.object({ age: z.int() }).refine(({ age }) => age > 17, 'Too young')
    const { check } = compile(merge(first, second))
    expect(check({ id: 0, name: 'Ada', age: 3 })).toMatchObject({
      issues: [{ message: 'No zero' }, { message: 'Too young' }],
    })
  })

  it('keeps fields that refer to themselves', () => {
    const node = z.object({
      id: z.int(),
      get next() {
        return node.optional()
      },
    })
    expect(compile(merge(node, z.object({ more: z.int() }))).is({ id: 1, next: { id: 2 }, more: 3 })).toBe(true)
  })

  it('gives a single schema back', () => {
    expect(merge(named)).toBe(named)
  })

  it('does not change what it merges', () => {
    merge(named, z.strictObject({ id: z.string() }))
    expect(named.parse({ id: 1, name: 'Ada', more: 1 })).toEqual({ id: 1, name: 'Ada' })
  })

  it.each([
    [() => (merge as () => void)(), '"schemas" must hold at least one object schema, got none.'],
    [
      () => merge(named, z.string() as never),
      '"schemas[1]" must be an object schema of zod, got a schema of "string".',
    ],
    [() => merge({} as never), '"schemas[0]" must be an object schema of zod, got an object.'],
    [
      () =>
        merge(
          named.refine(() => true),
          z.object({ id: z.string() }),
        ),
      '"schemas" must not replace the field "id" of a schema with checks, which may read it. Leave the field out of one of them with omit().',
    ],
  ])('refuses what it cannot take: %s', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})
