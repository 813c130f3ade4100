import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Config } from './config.ts'
import { createConfig } from './create-config.ts'
import { environmentSource } from './environment-source.ts'
import { defineSection } from './section.ts'
import { valuesSource } from './values-source.ts'

const planted = 'hunter2-"planted"'
const secret = z.string().meta({ secret: true })

/** Everything that prints a value. */
function print(value: unknown): string {
  return [
    inspect(value, { depth: 20, showHidden: false }),
    inspect(value, { depth: 20, compact: false }),
    JSON.stringify(value),
    `${value instanceof Error ? value.stack : ''}`,
  ].join('\n')
}

function expectHidden(value: unknown): void {
  const text = print(value)
  expect(text).not.toContain(planted)
  expect(text).not.toContain(JSON.stringify(planted).slice(1, -1))
}

async function load<Schema extends z.ZodType>(schema: Schema, values: Record<string, unknown>) {
  return await createConfig({ schema, sources: [valuesSource('values', values)] })
}

describe('a secret that the schema marks', () => {
  it('has its value, and prints as redacted at every level', async () => {
    const schema = z.object({ database: z.object({ host: z.string(), password: secret }) })
    const settings = (await load(schema, { database: { host: 'a', password: planted } })).get()
    expect(settings.database.password).toBe(planted)
    expect(inspect(settings)).toBe(`{ database: { host: 'a', password: '[redacted]' } }`)
    expect(JSON.stringify(settings)).toBe('{"database":{"host":"a","password":"[redacted]"}}')
    expectHidden(settings)
    expectHidden({ wrapped: [settings.database] })
    expect({ ...settings.database }).toEqual({ host: 'a', password: planted })
    expect(Object.keys(settings.database)).toEqual(['host', 'password'])
  })

  it.each<[string, z.ZodType, unknown]>([
    ['optional', z.object({ key: secret.optional() }), { key: planted }],
    ['with a default', z.object({ key: secret.default(planted) }), {}],
    ['written only', z.object({ key: z.string().meta({ writeOnly: true }) }), { key: planted }],
    ['in a list', z.object({ keys: z.array(secret) }), { keys: ['x', planted] }],
    ['in a tuple', z.object({ pair: z.tuple([z.string(), secret]) }), { pair: ['x', planted] }],
    [
      'in a record',
      z.object({ providers: z.record(z.string(), z.object({ key: secret })) }),
      { providers: { a: { key: planted } } },
    ],
    [
      'in an alternative',
      z.object({ either: z.union([z.int(), z.object({ key: secret })]) }),
      { either: { key: planted } },
    ],
    ['with a name of its own', z.object({ key: z.string().meta({ id: 'api-key', secret: true }) }), { key: planted }],
    ['after a transformation', z.object({ key: z.string().transform(String).pipe(secret) }), { key: planted }],
    ['before a transformation', z.object({ key: secret }).transform(({ key }) => ({ other: key })), { key: planted }],
    [
      'inside a text made from it',
      z.object({ key: secret }).transform(({ key }) => ({ url: `a:${key}@b` })),
      { key: planted },
    ],
    [
      'inside a text made from what a transformation made',
      z
        .object({ key: secret.transform((text) => `decoded-${text}`) })
        .transform(({ key }) => ({ key, url: `a:${key}@b` })),
      { key: planted },
    ],
    [
      'inside a URL, a map and a set',
      z.object({ key: secret }).transform(({ key }) => ({
        url: new URL(`http://a/?${key.slice(0, 7)}`),
        map: new Map([['a', key]]),
        set: new Set([key]),
        text: key,
      })),
      { key: planted },
    ],
    [
      'a whole object',
      z.object({ login: z.object({ user: z.string() }).meta({ secret: true }) }),
      { login: { user: planted } },
    ],
  ])('is hidden: %s', async (_, schema, values) => {
    const settings = (await load(schema, values as Record<string, unknown>)).get()
    expect(Object.values(settings as object)).not.toEqual([])
    expectHidden(settings)
    expect(JSON.stringify(settings)).toContain('[redacted]')
  })

  it('is hidden in changes, and handed to listeners', async () => {
    const values = { database: { password: planted } }
    const config = await load(z.object({ database: z.object({ password: secret }) }), values)
    const heard: unknown[] = []
    config.subscribe('database.password', (change) => {
      expect(change.after).toBe('another-secret')
      expectHidden(change)
      heard.push(change.path)
    })
    config.subscribe('', (change) => {
      expectHidden(change)
      expect(print(change)).not.toContain('another-secret')
      heard.push(change.path)
    })
    values.database.password = 'another-secret'
    expectHidden(await config.reload())
    expect(heard).toEqual(['database.password', ''])
  })

  it.each<[string, z.ZodType, unknown]>([
    ['of a wrong type', z.object({ pin: z.int().meta({ secret: true }) }), { pin: planted }],
    [
      'that a check refuses',
      z.object({ key: secret.refine(() => false, { error: ({ input }) => `bad ${String(input)}` }) }),
      { key: planted },
    ],
    [
      'quoted as JSON',
      z.object({ key: secret.refine(() => false, { error: ({ input }) => JSON.stringify(input) }) }),
      { key: planted },
    ],
    [
      'quoted by a check around it',
      z.object({ key: secret }).refine(() => false, { error: ({ input }) => (input as { key: string }).key }),
      { key: planted },
    ],
    ['in the place of its object', z.object({ database: z.object({ password: secret }) }), { database: planted }],
    ['under a misspelled key', z.object({ password: secret }), { pasword: planted }],
    [
      'under a misspelled key that the schema finds',
      z.object({ password: secret }).catchall(z.never()),
      { pasword: planted },
    ],
    [
      'very short',
      z.object({ key: secret.refine(() => false, { error: ({ input }) => `bad <${String(input)}>` }) }),
      { key: 'q7' },
    ],
  ])('is hidden in problems: %s', async (_, schema, values) => {
    const error: unknown = await load(schema, values as Record<string, unknown>).catch((fault: unknown) => fault)
    expect(error).toMatchObject({ code: 'invalid_config' })
    expectHidden(error)
    expect(print(error)).not.toContain('q7')
  })

  it.each([
    ['given by another source', [{ key: planted }]],
    ['given by another source, and overridden', [{ key: planted }, { key: 'another' }]],
  ])('is hidden in what a source throws, and in the cause: %s', async (_, values) => {
    const sources = [
      ...values.map((each, index) => valuesSource(`${index}`, each)),
      valuesSource('last', () => {
        throw new UnknownKeyError(planted)
      }),
    ]
    const error: unknown = await createConfig({ schema: z.object({ key: secret }), sources }).catch(
      (fault: unknown) => fault,
    )
    expectHidden(error)
    expect(print(error)).toContain('UnknownKeyError: no such key: [redacted]')
    expect((error as Error).cause).toBeInstanceOf(UnknownKeyError)
  })

  it('is hidden in what its source throws later', async () => {
    const failures: Error[] = []
    const config = await createConfig({
      schema: z.object({ key: secret }),
      sources: [valuesSource('vault', () => (failures.length === 0 ? { key: planted } : Promise.reject(failures[0])))],
    })
    failures.push(new UnknownKeyError(planted))
    const error: unknown = await config.reload().catch((fault: unknown) => fault)
    expectHidden(error)
    expect(print(error)).toContain('UnknownKeyError: no such key: [redacted]')
  })

  it('is hidden where it does not belong, also when it is too long to be shown', async () => {
    const long = `${planted}${'x'.repeat(100)}`
    const error: unknown = await load(z.object({ key: secret, port: z.int() }), { key: long, port: `a ${long}` }).catch(
      (fault: unknown) => fault,
    )
    expectHidden(error)
    expect(error).toMatchObject({ problems: [{ path: 'port', received: 'a string ("a [redacted]")' }] })
  })

  it('is hidden when its transformation throws', async () => {
    const schema = z.object({ key: secret.transform((text) => new URL(text)) })
    const error: unknown = await load(schema, { key: planted }).catch((fault: unknown) => fault)
    expect(error).toMatchObject({ problems: [{ path: '', received: 'an error (TypeError: Invalid URL)' }] })
    expectHidden(error)
  })
})

class UnknownKeyError extends Error {
  constructor(key: string) {
    super(`no such key: ${key}`)
    this.name = 'UnknownKeyError'
  }
}

function cannot(): never {
  throw new Error('not supported')
}

/** As of a library that has no JSON Schema. */
function byHand(validate: (value: never) => { value: unknown } | { issues: { message: string; path?: string[] }[] }) {
  return {
    '~standard': { version: 1 as const, vendor: 'hand', validate: (value: unknown) => validate(value as never) },
  }
}

describe('a secret that is listed', () => {
  it('is hidden with any schema', async () => {
    const section = defineSection(
      'llm',
      byHand((value) => ({ value })),
      { secrets: ['providers.*.key', 'tokens'] },
    )
    const values = { llm: { providers: { a: { key: planted, url: 'x' } }, tokens: [planted] } }
    const config: Config<unknown> = await createConfig({
      sections: [section],
      sources: [valuesSource('values', values)],
    })
    expect(JSON.stringify(config.get())).toBe(
      '{"llm":{"providers":{"a":{"key":"[redacted]","url":"x"}},"tokens":"[redacted]"}}',
    )
  })

  it('is hidden in problems, also under a misspelled key', async () => {
    const message = `Expected never but received "${planted}"`
    const schema = byHand(() => ({
      issues: [
        { message, path: ['pasword'] },
        { message, path: ['password'] },
      ],
    }))
    const sources = [environmentSource('A_', { variables: { A_PASWORD: planted, A_PASSWORD: planted } })]
    const error: unknown = await createConfig({ schema, secrets: ['password'], sources }).catch(
      (fault: unknown) => fault,
    )
    expectHidden(error)
    expect(error).toMatchObject({
      problems: [
        { path: 'pasword', source: 'A_PASWORD', expected: 'never', received: 'a string (a secret)' },
        { path: 'password', source: 'A_PASSWORD', expected: 'never', received: 'a string (a secret)' },
      ],
    })
  })

  it('has to be listed for a schema that cannot tell its marks', async () => {
    const schema = byHand((value) => ({ value }))
    const mute = { '~standard': { ...schema['~standard'], jsonSchema: { input: cannot, output: cannot } } }
    await expect(createConfig({ schema: mute, sources: [] })).rejects.toThrow(
      'schema cannot be written as JSON Schema, so that marks of secrets in it cannot be found: list them as secrets, ' +
        'or an empty list if there are none, got undefined.',
    )
    await expect(createConfig({ schema: mute, secrets: [], sources: [] })).resolves.toBeDefined()
  })
})
