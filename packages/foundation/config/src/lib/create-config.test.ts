import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ConfigSource } from './config-source.ts'
import { createConfig } from './create-config.ts'
import { environmentSource } from './environment-source.ts'
import { InvalidConfigError } from './invalid-config-error.ts'
import { defineSection } from './section.ts'
import { valuesSource } from './values-source.ts'

const server = defineSection('server', z.object({ host: z.string().default('localhost'), port: z.int().default(80) }))
const database = defineSection('database', z.object({ url: z.url(), pool: z.object({ size: z.int() }).optional() }))
const url = 'postgres://localhost/shop'

async function problemsOf(task: Promise<unknown>): Promise<unknown> {
  const error: unknown = await task.then(
    () => undefined,
    (fault: unknown) => fault,
  )
  expect(error).toBeInstanceOf(InvalidConfigError)
  return (error as InvalidConfigError).problems
}

describe('createConfig', () => {
  it('joins sections, merges sources in their order, and fills in what the schemas default to', async () => {
    const config = await createConfig({
      sections: [server, database],
      sources: [
        valuesSource('defaults', { server: { host: 'a', port: 1 }, database: { url, pool: { size: 5 } } }),
        environmentSource('SHOP_', { variables: { SHOP_DATABASE__POOL__SIZE: '9', SHOP_SERVER__PORT: '2' } }),
        valuesSource('overrides', { server: { port: 3 } }),
      ],
    })
    expect(config.get()).toStrictEqual({ server: { host: 'a', port: 3 }, database: { url, pool: { size: 9 } } })
    expect(config.version).toBe(1)
  })

  it('takes one schema for all settings', async () => {
    const config = await createConfig({ schema: z.object({ port: z.int().default(80) }), sources: [] })
    expect(config.get()).toEqual({ port: 80 })
  })

  it('replaces arrays as a whole, keeps null, and skips undefined', async () => {
    const schema = z.object({ tags: z.array(z.string()), name: z.string().nullable(), port: z.int() })
    const sources = [
      valuesSource('defaults', { tags: ['a', 'b'], name: 'x', port: 1 }),
      valuesSource('overrides', { tags: ['c'], name: null, port: undefined }),
    ]
    const config = await createConfig({ schema, sources })
    expect(config.get()).toEqual({ tags: ['c'], name: null, port: 1 })
  })

  it('gives a snapshot that is frozen at every level, and leaves its sources alone', async () => {
    const values = { server: { port: 1 }, database: { url, pool: { size: 2 } } }
    const config = await createConfig({ sections: [server, database], sources: [valuesSource('values', values)] })
    const settings = config.get()
    expect(
      Object.isFrozen(settings) && Object.isFrozen(settings.server) && Object.isFrozen(settings.database.pool),
    ).toBe(true)
    expect(Object.isFrozen(values) || Object.isFrozen(values.server)).toBe(false)
    expect(structuredClone(settings)).toEqual(settings)
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings)
  })

  it('accepts frozen sources', async () => {
    const values = Object.freeze({ server: Object.freeze({ port: 2 }) })
    const config = await createConfig({
      sections: [server],
      sources: [valuesSource('frozen', values), valuesSource('more', { server: { host: 'b' } })],
    })
    expect(config.get()).toEqual({ server: { host: 'b', port: 2 } })
  })

  it('works with a schema written by hand, also an asynchronous one', async () => {
    const schema = {
      '~standard': {
        version: 1 as const,
        vendor: 'hand',
        types: undefined as { input: unknown; output: { port: number } } | undefined,
        async validate(value: unknown) {
          const { port } = value as { port?: unknown }
          if (typeof port === 'number') return { value: { port } }
          return { issues: [{ message: 'port must be a number', path: [{ key: 'port' }] }] }
        },
      },
    }
    const config = await createConfig({ schema, sources: [valuesSource('values', { port: 3 })] })
    expect(config.get().port).toBe(3)
    await expect(
      problemsOf(createConfig({ schema, sources: [valuesSource('values', { port: 'x' })] })),
    ).resolves.toEqual([
      { source: 'values', path: 'port', expected: 'another value (port must be a number)', received: 'a string ("x")' },
    ])
  })

  it('reports every problem at once, with its source and what was meant', async () => {
    const sources = [
      valuesSource('defaults', { server: { prot: 80, host: 5 }, databse: {} }),
      environmentSource('SHOP_', { variables: { SHOP_SERVER__PORT: 'eighty' } }),
    ]
    const creation = createConfig({ sections: [server, database], sources })
    await expect(creation).rejects.toThrow(`The settings cannot be used: 5 problems.
- server.prot (defaults): expected one of the keys "host", "port", received the unknown key "prot". Did you mean "port"?
- databse (defaults): expected one of the keys "server", "database", received the unknown key "databse". Did you mean "database"?
- server.host (defaults): expected string, received a number (5).
- server.port (SHOP_SERVER__PORT): expected number, received a string ("eighty").
- database.url (no source): expected string, received nothing.`)
    await expect(problemsOf(creation)).resolves.toContainEqual({
      source: 'defaults',
      path: 'databse',
      expected: 'one of the keys "server", "database"',
      received: 'the unknown key "databse"',
      suggestion: 'database',
    })
  })

  it('names no single source for what is wrong with all settings', async () => {
    const schema = z.object({ min: z.int(), max: z.int() }).refine(({ min, max }) => min < max, 'min must be below max')
    const sources = [valuesSource('first', { min: 2 }), valuesSource('second', { max: 1 })]
    await expect(createConfig({ schema, sources })).rejects.toThrow(
      '\n- all sources: expected another value (min must be below max), received an object.',
    )
  })

  it('names the source that wins, also one that hides others', async () => {
    const sources = [
      valuesSource('first', { database: { url: 'x', pool: { size: 1 } } }),
      valuesSource('second', { database: { pool: 'none' } }),
    ]
    await expect(problemsOf(createConfig({ sections: [database], sources }))).resolves.toEqual([
      { source: 'first', path: 'database.url', expected: 'another value (Invalid URL)', received: 'a string ("x")' },
      { source: 'second', path: 'database.pool', expected: 'object', received: 'a string ("none")' },
    ])
  })

  it('reports the sources that cannot be read, and only those', async () => {
    const failure = new Error('503')
    const sources: ConfigSource[] = [
      valuesSource('list', () => [1]),
      valuesSource('vault', () => Promise.reject(failure)),
      valuesSource('nothing', () => undefined),
      valuesSource('text', () => 'hunter2'),
    ]
    const error: unknown = await createConfig({ sections: [database], sources }).catch((fault: unknown) => fault)
    expect(error).toMatchObject({
      cause: failure,
      problems: [
        { source: 'list', path: '', expected: 'an object of settings', received: 'an array' },
        { source: 'vault', path: '', expected: 'values', received: 'an error (Error: 503)' },
        { source: 'nothing', path: '', expected: 'an object of settings', received: 'undefined' },
        { source: 'text', path: '', expected: 'an object of settings', received: 'a string' },
      ],
    })
  })

  it('reports beside them what is wrong in the others for sure', async () => {
    const sources = [
      valuesSource('defaults', { server: { port: 'x', prot: 1 } }),
      valuesSource('vault', () => Promise.reject(new Error('503'))),
    ]
    await expect(createConfig({ sections: [server, database], sources })).rejects.toThrow(
      `The settings cannot be used: 3 problems.
- vault: expected values, received an error (Error: 503).
- server.prot (defaults): expected one of the keys "host", "port", received the unknown key "prot". Did you mean "port"?
- server.port (defaults): expected number, received a string ("x").`,
    )
  })

  it('reports a schema that throws, and the problems of the other sections', async () => {
    const link = defineSection(
      'link',
      z.string().transform((text) => new URL(text)),
    )
    const sources = [valuesSource('values', { link: 'no link', server: { port: 'x' } })]
    const creation = createConfig({ sections: [link, server], sources })
    await expect(creation).rejects.toThrow(`The settings cannot be used: 2 problems.
- link (values): expected what the schema can check, received an error (TypeError: Invalid URL).
- server.port (values): expected number, received a string ("x").`)
    await expect(creation).rejects.toMatchObject({ cause: { code: 'ERR_INVALID_URL' } })
  })

  it('refuses a schema that gives no result, and reports a source that gives none', async () => {
    const schema = { '~standard': { version: 1 as const, vendor: 'hand', validate: () => undefined as never } }
    await expect(createConfig({ schema, sources: [] })).rejects.toThrow(
      new TypeError('schema must give a value or issues, got undefined.'),
    )
    const sources = [{ name: 'mute', load: () => undefined as never }]
    await expect(problemsOf(createConfig({ sections: [server], sources }))).resolves.toEqual([
      { source: 'mute', path: '', expected: 'an object with values', received: 'undefined' },
    ])
  })

  it('names the source where it cannot tell the place', async () => {
    const loaded = { values: { server: { port: 'x' } }, locate: () => Promise.reject(new Error('lost')) }
    const sources = [{ name: 'lost', load: () => loaded }]
    await expect(problemsOf(createConfig({ sections: [server], sources }))).resolves.toMatchObject([{ source: 'lost' }])
  })

  it('shortens keys of any length, and takes any number of them', async () => {
    const values = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`${'k'.repeat(10_000)}${index}`, 1]))
    const error: unknown = await createConfig({ sections: [server], sources: [valuesSource('long', values)] }).catch(
      (fault: unknown) => fault,
    )
    expect(error).toMatchObject({ problems: { length: 2_000 } })
    expect((error as Error).message.length).toBeLessThan(10_000)
    expect((error as Error).message).toContain(`received the unknown key "${'k'.repeat(79)}… of 10003 characters.`)
  })

  it('joins a section whose name every object has', async () => {
    const section = defineSection('constructor', z.object({ a: z.int().default(1) }))
    const config = await createConfig({ sections: [section], sources: [] })
    expect(config.get()).toEqual({ constructor: { a: 1 } })
  })

  it('shares no date, map or set with its source', async () => {
    const values = { at: new Date(5), map: new Map([['a', { b: 1 }]]), set: new Set([{ c: 1 }]) }
    const config = await createConfig({ schema: z.any(), sources: [valuesSource('values', values)] })
    const before = structuredClone(config.get() as typeof values)
    values.at.setTime(6)
    values.map.set('b', { b: 2 })
    values.set.clear()
    expect(config.get()).toEqual(before)
    expect(Object.isFrozen((config.get() as typeof values).map.get('a'))).toBe(true)
  })

  it('reports cycles and settings that are too deep', async () => {
    const cycle: Record<string, unknown> = {}
    cycle.server = cycle
    await expect(
      problemsOf(createConfig({ sections: [server], sources: [valuesSource('cycle', cycle)] })),
    ).resolves.toEqual([
      { source: 'cycle', path: '', expected: 'at most 100 levels of settings', received: 'more, or a cycle' },
    ])
  })

  it('finds unknown keys in lists, alternatives, references and recursive schemas', async () => {
    const node = z.object({
      name: z.string(),
      get children() {
        return z.array(node).optional()
      },
    })
    const schema = z.object({
      list: z.array(z.object({ host: z.string() })),
      either: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), left: z.int() }),
        z.object({ kind: z.literal('b'), right: z.int() }),
      ]),
      both: z.intersection(z.object({ one: z.int() }), z.object({ two: z.int() })),
      tree: node,
      open: z.looseObject({ known: z.int() }),
      record: z.record(z.string(), z.object({ price: z.int() })),
      named: z.partialRecord(z.enum(['red', 'green']), z.int()),
      date: z.date().optional(),
    })
    const values = {
      list: [{ host: 'x', hosts: 1 }],
      either: { kind: 'b', right: 1, rihgt: 2 },
      both: { one: 1, two: 2, three: 3 },
      tree: { name: 'a', children: [{ name: 'b', children: [{ name: 'c', childern: [] }] }] },
      open: { known: 1, other: { any: 1 } },
      record: { anything: { price: 1, prize: 2 } },
      named: { gren: 1 },
      date: new Date(0),
    }
    const problems = await problemsOf(createConfig({ schema, sources: [valuesSource('values', values)] }))
    expect(problems).toMatchObject([
      { path: 'list[0].hosts', suggestion: 'host' },
      { path: 'either.rihgt', suggestion: 'right' },
      { path: 'both.three' },
      { path: 'tree.children[0].children[0].childern', suggestion: 'children' },
      { path: 'record.anything.prize', suggestion: 'price' },
      { path: 'named.gren', suggestion: 'green' },
    ])
  })

  it('keeps the references of each section apart', async () => {
    const port = z.int().meta({ id: 'section-port' })
    const one = defineSection('one', z.object({ port }))
    const two = defineSection('two', z.object({ inner: z.object({ port }) }))
    const variables = { A_ONE__PORT: '1', A_TWO__INNER__PORT: '2' }
    const config = await createConfig({ sections: [one, two], sources: [environmentSource('A_', { variables })] })
    expect(config.get()).toEqual({ one: { port: 1 }, two: { inner: { port: 2 } } })
  })

  it('validates a section that no source names as empty, and else as absent', async () => {
    const flag = defineSection('flag', z.boolean().default(true))
    const extra = defineSection('extra', z.object({ key: z.string() }).optional())
    const config = await createConfig({ sections: [server, flag, extra], sources: [] })
    expect(config.get()).toEqual({ server: { host: 'localhost', port: 80 }, flag: true, extra: undefined })
  })

  it('takes hostile keys for what they are', async () => {
    const schema = z.object({ record: z.record(z.string(), z.int()) })
    const hostile = JSON.parse('{"record": {"a": 1, "__proto__": {"polluted": 1}}}') as object
    const sources = [valuesSource('hostile', () => hostile), valuesSource('same', () => hostile)]
    await expect(problemsOf(createConfig({ schema, sources }))).resolves.toEqual([
      { source: 'hostile', path: 'record.__proto__', expected: 'another key', received: '"__proto__"' },
      { source: 'same', path: 'record.__proto__', expected: 'another key', received: '"__proto__"' },
    ])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    const config = await createConfig({ schema, sources: [valuesSource('fine', { record: { constructor: 1 } })] })
    expect(config.get().record.constructor).toBe(1)
  })

  it('does not wait when it is aborted, before or while it loads', async () => {
    const reason = new Error('too late')
    const options = { sections: [server], sources: [] } as const
    await expect(createConfig({ ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)

    const controller = new AbortController()
    let seen: AbortSignal | undefined
    const endless = valuesSource('endless', ({ signal }) => {
      seen = signal
      controller.abort(reason)
      return new Promise(() => {})
    })
    await expect(createConfig({ sections: [server], sources: [endless], signal: controller.signal })).rejects.toBe(
      reason,
    )
    expect(seen?.aborted).toBe(true)
  })

  it.each<[object, string]>([
    [{ sources: [] }, 'schema must be a Standard Schema, such as one of zod, got undefined.'],
    [{ schema: z.string, sources: [] }, 'schema must be a Standard Schema, such as one of zod, got a function.'],
    [{ schema: z.object({}) }, 'sources must be an array, got undefined.'],
    [{ schema: z.object({}), sources: [{}] }, 'sources must have a name and a function load, got an object.'],
    [{ sections: {}, sources: [] }, 'sections must be an array, got an object.'],
    [{ sections: [z.object({})], sources: [] }, 'sections must be made by defineSection, got an object.'],
    [{ sections: [server, server], sources: [] }, 'sections must have different names, got two of "server".'],
    [
      { sections: [server], schema: z.object({}), sources: [] },
      'options must have either a schema or sections; secrets of a section are declared with it.',
    ],
    [null as never, 'options must be an object, got null.'],
    [{ sections: [server], sources: [], watch: 'yes' }, 'watch must be a boolean, got a string ("yes").'],
    [{ sections: [server], sources: [], bus: {} }, 'bus.publish must be a function, got undefined.'],
    [{ sections: [server], sources: [], onError: 1 }, 'onError must be a function, got a number (1).'],
    [
      { schema: z.object({}), sources: [], secrets: 'key' },
      'secrets must be a list of paths such as "providers.*.key", got a string ("key").',
    ],
    [
      { schema: z.object({ password: z.string() }), sources: [], secrets: ['pasword'] },
      'secrets must lead to a setting, and there is no "pasword". Did you mean "password"?',
    ],
    [{ sections: [server], sources: [], signal: {} }, 'signal must be an AbortSignal, got an object.'],
    [
      { sections: [server], sources: [{ name: 'a', load: () => ({ values: {} }), watch: () => 1 }], watch: true },
      'watch of a must give a function that ends it, got a number (1).',
    ],
  ])('refuses wrong options: %#', async (options, message) => {
    await expect(createConfig(options as never)).rejects.toThrow(new TypeError(message))
  })
})

describe('defineSection', () => {
  it.each(['', 'a.b', '1', '__proto__', 3])('refuses the name %j', (name) => {
    expect(() => defineSection(name as string, z.object({}))).toThrow('name must be a word such as "database", got ')
  })

  it('refuses options that are none', () => {
    expect(() => defineSection('a', z.object({}), null as never)).toThrow(
      new TypeError('options must be an object, got null.'),
    )
  })
})
