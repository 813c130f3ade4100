import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import * as mini from 'zod/mini'
import { compile } from './compile.ts'
import { InvalidValueError } from './invalid-value-error.ts'

const user = z.object({ name: z.string().min(2), age: z.number().int().optional() })

const tree: z.ZodType = z.lazy(() => z.array(tree))

describe('compile', () => {
  it('says whether a value fits', () => {
    const { is } = compile(user)
    expect(is({ name: 'Ada', age: 36 })).toBe(true)
    expect(is({ name: 'Ada', age: 3.5 })).toBe(false)
    expect(is(undefined)).toBe(false)
  })

  it('gives the output of what fits', () => {
    const { check, parse } = compile(
      z.object({ size: z.string().transform(Number).default(3), more: z.any().optional() }),
    )
    expect(check({ size: '12', other: 1 })).toEqual({ ok: true, value: { size: 12 } })
    expect(parse({})).toEqual({ size: 3 })
  })

  it('gives the issues of zod', () => {
    const verdict = compile(user).check({ name: 'A', age: 'x' })
    expect(verdict).toEqual({ ok: false, issues: user.safeParse({ name: 'A', age: 'x' }).error?.issues })
    expect(verdict).toEqual({
      ok: false,
      issues: [
        {
          code: 'too_small',
          path: ['name'],
          message: 'Too small: expected string to have >=2 characters',
          origin: 'string',
          minimum: 2,
          inclusive: true,
        },
        {
          code: 'invalid_type',
          path: ['age'],
          message: 'Invalid input: expected number, received string',
          expected: 'number',
        },
      ],
    })
  })

  it('gives plain data', () => {
    const verdict = compile(z.null()).check(1)
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  })

  it('throws an error that lists every issue', () => {
    expect(() => compile(user).parse({ name: 'A', age: 'x' })).toThrow(InvalidValueError)
  })

  it('accepts for `is` what the schema takes in', () => {
    const { is } = compile(z.string().transform(Number))
    expect(is('12')).toBe(true)
    expect(is(12)).toBe(false)
  })

  it('says that it runs compiled code', () => {
    expect(compile(user)).toMatchObject({ schema: user, mode: 'compiled', reason: undefined })
  })

  it.each([
    ['a recursive schema', tree, 'z.compile does not support a schema whose subtree contains a reference cycle'],
    ['coercion', z.coerce.number(), 'z.compile does not support coercion (z.coerce.number())'],
    ['promises', z.string().refine(async () => true), 'the schema waits for promises'],
    [
      'an elastic tuple',
      z.tuple([z.void()], z.number()),
      'zod compiles tuples with a rest and optional places to something else',
    ],
    [
      'a union of intersections',
      z.union([z.intersection(z.any(), z.any()), z.any()]),
      'zod compiles unions with intersections to something else',
    ],
  ])('says why it does not, for %s', (_, schema, reason) => {
    expect(compile(schema)).toMatchObject({ mode: 'interpreted', reason })
  })

  it('decides for an elastic tuple as zod does', () => {
    const schema = z.tuple([z.void()], z.number())
    expect(compile(schema).is([])).toBe(schema.safeParse([]).success)
  })

  it('compiles schemas of zod/mini', () => {
    const { mode, check } = compile(mini.object({ id: mini.string() }))
    expect(mode).toBe('compiled')
    expect(check({ id: 1 })).toMatchObject({ ok: false, issues: [{ code: 'invalid_type', path: ['id'] }] })
  })

  it('does not change when it is used or passed around', () => {
    const { is, check, parse } = compile(user)
    expect([{ name: 'Ada' }, 1].filter(is)).toHaveLength(1)
    expect([{ name: 'Ada' }].map(parse)).toEqual([{ name: 'Ada' }])
    expect([1].map(check)).toMatchObject([{ ok: false }])
    expect(Object.isFrozen(compile(user))).toBe(true)
  })

  it.each([
    [undefined, 'undefined'],
    [{ type: 'string' }, 'an object'],
    ['string', 'a string ("string")'],
    [z.string, 'a function'],
    [{ _def: {} }, 'a schema of zod 3'],
  ])('refuses %s as a schema', (schema, came) => {
    expect(() => compile(schema as never)).toThrow(new TypeError(`"schema" must be a schema of zod 4, got ${came}.`))
  })
})

describe('compile, for a schema that waits', () => {
  const free = compile(z.object({ name: z.string().refine(async (name) => name !== 'taken', 'Taken') }))

  it.each(['is', 'check', 'parse'] as const)('refuses %s', (method) => {
    expect(() => free[method]({ name: 'free' })).toThrow(
      new TypeError('This schema waits for a promise. Use "checkAsync" or "parseAsync".'),
    )
  })

  it('waits', async () => {
    await expect(free.checkAsync({ name: 'free' })).resolves.toEqual({ ok: true, value: { name: 'free' } })
    await expect(free.checkAsync({ name: 'taken' })).resolves.toMatchObject({ issues: [{ message: 'Taken' }] })
    await expect(free.parseAsync({ name: 'free' })).resolves.toEqual({ name: 'free' })
    await expect(free.parseAsync({ name: 'taken' })).rejects.toBeInstanceOf(InvalidValueError)
  })
})

describe('compile, as a Standard Schema', () => {
  it('validates', async () => {
    const standard = compile(user)['~standard']
    expect(standard).toMatchObject({ version: 1, vendor: 'empire' })
    expect(standard.validate({ name: 'Ada' })).toEqual({ value: { name: 'Ada' } })
    expect(standard.validate(1)).toMatchObject({ issues: [{ path: [], code: 'invalid_type' }] })
  })

  it('waits where the schema does', async () => {
    const standard = compile(z.string().refine(async () => false, 'Never'))['~standard']
    await expect(standard.validate('a')).resolves.toMatchObject({ issues: [{ message: 'Never' }] })
  })

  it('runs each check once, so that a rejection is always heard', async () => {
    let runs = 0
    const refuse = async (): Promise<boolean> => {
      runs += 1
      throw new Error('no connection')
    }
    const standard = compile(z.string().refine(refuse))['~standard']
    // A rejection that nobody hears would fail this file.
    await expect(standard.validate('a')).rejects.toThrow('no connection')
    expect(runs).toBe(1)
    expect(await standard.validate(1)).toMatchObject({ issues: [{ code: 'invalid_type' }] })
  })

  it.each([
    ['an async check', z.string().refine(async () => Promise.reject(new Error('no network')))],
    ['a check that gives a promise', z.string().refine(() => Promise.reject(new Error('no network')))],
    ['an async transform', z.string().transform(async () => Promise.reject(new Error('no network')))],
  ])('leaves no rejection of %s unheard', async (_, schema) => {
    const unheard: unknown[] = []
    const hear = (error: unknown): void => void unheard.push(error)
    process.on('unhandledRejection', hear)
    const { validate } = compile(schema)['~standard']
    for (let call = 0; call < 2; call++) await expect(validate('a')).rejects.toThrow('no network')
    await new Promise((resolve) => void setImmediate(resolve))
    process.off('unhandledRejection', hear)
    expect(unheard).toEqual([])
  })

  it('gives its JSON Schema', () => {
    const standard = compile(user)['~standard']
    expect('jsonSchema' in standard).toBe(true)
  })
})

describe('compile, where code must not be generated from strings', () => {
  const script = `
    import * as z from 'zod'
    import { compile } from ${JSON.stringify(new URL('compile.ts', import.meta.url).href)}
    if (process.argv.includes('jitless')) z.config({ jitless: true })
    const { mode, reason, is, check } = compile(z.object({ name: z.string().min(2) }))
    console.log(JSON.stringify([mode, reason, is({ name: 'Ada' }), is({ name: 'A' }), check({ name: 'Ada' }), check({})]))
  `
  const results = [
    true,
    false,
    { ok: true, value: { name: 'Ada' } },
    {
      ok: false,
      issues: [
        {
          expected: 'string',
          code: 'invalid_type',
          path: ['name'],
          message: 'Invalid input: expected string, received undefined',
        },
      ],
    },
  ]

  it.each([
    ['--disallow-code-generation-from-strings', '', 'code generation from strings is forbidden here'],
    ['--no-warnings', 'jitless', 'zod is configured as jitless'],
  ])('falls back and says so: %s %s', async (flag, argument, reason) => {
    const options = ['--input-type=module', flag, '--eval', script, argument]
    const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: import.meta.dirname })
    expect(JSON.parse(stdout)).toEqual(['interpreted', reason, ...results])
  })
})
