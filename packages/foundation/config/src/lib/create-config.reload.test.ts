import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { ConfigSource } from './config-source.ts'
import { createConfig } from './create-config.ts'
import { InvalidConfigError } from './invalid-config-error.ts'
import type { ConfigChange } from './config-change.ts'
import { valuesSource } from './values-source.ts'

const schema = z.object({
  server: z.object({ port: z.int(), tags: z.array(z.string()).default([]) }),
  models: z.record(z.string(), z.object({ price: z.number() })).default({}),
})

interface Store {
  values: unknown
  loads: number
  watchers: number
  change: () => void
  fail: (error: unknown) => void
  readonly source: ConfigSource
}

/** A source whose values a test sets, and that says so when it is told. */
function createStore(values: unknown): Store {
  const store: Store = {
    values,
    loads: 0,
    watchers: 0,
    change: () => {},
    fail: (_error: unknown) => {},
    source: {
      name: 'store',
      async load() {
        store.loads++
        return { values: store.values }
      },
      watch(onChange, onError) {
        store.watchers++
        store.change = onChange
        store.fail = onError
        return () => void store.watchers--
      },
    },
  }
  return store
}

function richValues(url: string): object {
  return { at: new Date(5), url: new URL(url), map: new Map([[url, 2]]) }
}

describe('reload', () => {
  it('swaps what cannot be compared when the sources have changed, and only then', async () => {
    class Money {
      readonly #cents: number
      constructor(cents: number) {
        this.#cents = cents
      }
      get cents(): number {
        return this.#cents
      }
    }
    let values = { cents: 5, unit: 'EUR' }
    const config = await createConfig({
      schema: z.object({
        cents: z
          .int()
          .transform((cents) => ({ price: new Money(cents), headers: new Headers({ cents: String(cents) }) })),
        unit: z.string().transform((unit) => () => unit),
      }),
      sources: [valuesSource('prices', () => values)],
    })
    const first = config.get()
    values = { ...values }
    await config.reload()
    expect(config.get()).toBe(first)

    values = { cents: 7, unit: 'CHF' }
    await config.reload()
    const { cents, unit } = config.get()
    expect([cents.price.cents, cents.headers.get('cents'), unit()]).toEqual([7, '7', 'CHF'])
  })

  it('swaps the snapshot, and keeps what has not changed', async () => {
    const store = createStore({ server: { port: 1, tags: ['a'] } })
    const config = await createConfig({ schema, sources: [store.source] })
    const before = config.get()
    store.values = { server: { port: 1, tags: ['a'] }, models: { small: { price: 1 } } }
    const change = await config.reload()
    expect(change).toMatchObject({
      version: 2,
      path: '',
      before,
      changes: [{ path: 'models.small', before: undefined, after: { price: 1 } }],
    })
    expect(change?.after).toBe(config.get())
    expect(config.get().server).toBe(before.server)
    expect(before.models).toEqual({})
  })

  it('does nothing when nothing has changed', async () => {
    const store = createStore({ server: { port: 1, tags: ['a'] }, models: { a: { price: 1 }, b: { price: 2 } } })
    const config = await createConfig({ schema, sources: [store.source] })
    const before = config.get()
    store.values = { models: { b: { price: 2 }, a: { price: 1 } }, server: { tags: ['a'], port: 1 } }
    await expect(config.reload()).resolves.toBeUndefined()
    expect(config.get()).toBe(before)
    expect(config.version).toBe(1)
  })

  it('knows dates, URLs and maps by their contents', async () => {
    const store = createStore(richValues('https://a.test/x'))
    const config = await createConfig({ schema: z.any(), sources: [store.source] })
    store.values = richValues('https://a.test/x')
    await expect(config.reload()).resolves.toBeUndefined()
    store.values = { ...richValues('https://a.test/x'), url: new URL('https://b.test/x') }
    await expect(config.reload()).resolves.toMatchObject({ changes: [{ path: 'url' }] })
  })

  it('takes a member that becomes undefined for no change', async () => {
    let loads = 0
    const changing = z
      .object({ a: z.int() })
      .transform((values) => ({ ...values, ...(loads++ > 0 && { b: undefined }) }))
    const config = await createConfig({ schema: changing, sources: [createStore({ a: 1 }).source] })
    await expect(config.reload()).resolves.toBeUndefined()
    expect(config.version).toBe(1)
  })

  it('refuses wrong options', async () => {
    const config = await createConfig({ schema, sources: [createStore({ server: { port: 1 } }).source] })
    await expect(config.reload(null as never)).rejects.toThrow(new TypeError('options must be an object, got null.'))
    await expect(config.reload({ signal: 1 as never })).rejects.toThrow(
      new TypeError('signal must be an AbortSignal, got a number (1).'),
    )
  })

  it('keeps the last good snapshot when the new settings cannot be used', async () => {
    const store = createStore({ server: { port: 1 } })
    const config = await createConfig({ schema, sources: [store.source] })
    const before = config.get()
    store.values = { server: { port: 'x' } }
    await expect(config.reload()).rejects.toThrow(
      `The settings cannot be used: 1 problem. Version 1 stays in use.
- server.port (store): expected number, received a string ("x").`,
    )
    expect(config.get()).toBe(before)
    store.values = { server: { port: 2 } }
    await config.reload()
    expect(config.get().server.port).toBe(2)
    expect(config.version).toBe(2)
  })

  it('loads once more for all who ask while it loads', async () => {
    const store = createStore({ server: { port: 1 } })
    const config = await createConfig({ schema, sources: [store.source] })
    const first = config.reload()
    await Promise.resolve()
    store.values = { server: { port: 2 } }
    const changes = await Promise.all([first, ...Array.from({ length: 100 }, () => config.reload())])
    expect(store.loads).toBeLessThanOrEqual(3)
    expect(config.get().server.port).toBe(2)
    expect(changes.at(-1)).toMatchObject({ version: 2 })
  })

  it('lets one caller go without ending the reload of the others', async () => {
    const store = createStore({ server: { port: 1 } })
    const config = await createConfig({ schema, sources: [store.source] })
    store.values = { server: { port: 2 } }
    const controller = new AbortController()
    const reason = new Error('left')
    const left = config.reload({ signal: controller.signal })
    const stayed = config.reload()
    controller.abort(reason)
    await expect(left).rejects.toBe(reason)
    await expect(stayed).resolves.toMatchObject({ version: 2 })
    await expect(config.reload({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

describe('subscribe', () => {
  it('hears only changes at its path and below, with before and after', async () => {
    const store = createStore({ server: { port: 1 }, models: { 'gpt-4.1': { price: 1 } } })
    const config = await createConfig({ schema, sources: [store.source] })
    const heard: unknown[] = []
    const hear = ({ path, before, after, version }: ConfigChange<unknown>) => {
      heard.push([path, before, after, version])
    }
    config.subscribe('server.port', hear)
    config.subscribe('server.tags', hear)
    config.subscribe('models["gpt-4.1"].price', hear)
    config.subscribe('server', hear)
    store.values = { server: { port: 2 }, models: { 'gpt-4.1': { price: 1 } } }
    await config.reload()
    store.values = { server: { port: 2 }, models: {} }
    await config.reload()
    await config.reload()
    expect(heard).toEqual([
      ['server.port', 1, 2, 2],
      ['server', { port: 1, tags: [] }, { port: 2, tags: [] }, 2],
      ['models["gpt-4.1"].price', 1, undefined, 3],
    ])
  })

  it('hears each setting that differs, and an array as one', async () => {
    const store = createStore({ server: { port: 1, tags: ['a'] } })
    const config = await createConfig({ schema, sources: [store.source] })
    const changes = new Promise((resolve) => config.subscribe('', (change) => resolve(change.changes)))
    store.values = { server: { port: 2, tags: ['a', 'b'] } }
    await config.reload()
    await expect(changes).resolves.toEqual([
      { path: 'server.port', before: 1, after: 2 },
      { path: 'server.tags', before: ['a'], after: ['a', 'b'] },
    ])
  })

  it('sees the new settings already, and may leave or close while it is told', async () => {
    const store = createStore({ server: { port: 1 } })
    const config = await createConfig({ schema, sources: [store.source] })
    const heard: unknown[] = []
    config.subscribe('', () => void heard.push('first'))
    const stopSecond = config.subscribe('', () => {
      heard.push(config.get().server.port)
      stopThird()
      config.subscribe('', () => void heard.push('later'))
    })
    const stopThird = config.subscribe('', () => void heard.push('third'))
    store.values = { server: { port: 2 } }
    await config.reload()
    expect(heard).toEqual(['first', 2])
    stopSecond()
    stopSecond()
    store.values = { server: { port: 3 } }
    await config.reload()
    expect(heard).toEqual(['first', 2, 'first', 'later'])
  })

  it('hands what a listener throws to onError, and tells the others', async () => {
    const store = createStore({ server: { port: 1 } })
    const errors: unknown[] = []
    const config = await createConfig({ schema, sources: [store.source], onError: (error) => errors.push(error) })
    const heard = vi.fn<() => void>()
    config.subscribe('', () => {
      throw new Error('at once')
    })
    config.subscribe('', () => Promise.reject(new Error('later')))
    config.subscribe('', heard)
    store.values = { server: { port: 2 } }
    await config.reload()
    expect(errors).toEqual([new Error('at once'), new Error('later')])
    expect(heard).toHaveBeenCalledOnce()
  })

  it('refuses paths that lead nowhere', async () => {
    const config = await createConfig({ schema, sources: [createStore({ server: { port: 1 } }).source] })
    expect(() => config.subscribe('server.prot' as 'server.port', () => {})).toThrow(
      new TypeError('path must lead to a setting, and there is no "prot". Did you mean "port"?'),
    )
    expect(() => config.subscribe('server..port' as 'server.port', () => {})).toThrow('path must be written like')
    expect(() => config.subscribe(3 as never, () => {})).toThrow('path must be a string, got a number (3).')
    expect(() => config.subscribe('server', 3 as never)).toThrow('listener must be a function, got a number (3).')
  })
})

describe('watch', () => {
  it('reloads when a source says so', async () => {
    const store = createStore({ server: { port: 1 } })
    const config = await createConfig({ schema, sources: [store.source], watch: true })
    const heard = new Promise((resolve) => config.subscribe('server.port', ({ after }) => resolve(after)))
    store.values = { server: { port: 2 } }
    store.change()
    await expect(heard).resolves.toBe(2)
  })

  it('reports an invalid reload without throwing, and recovers', async () => {
    const store = createStore({ server: { port: 1 } })
    const errors: unknown[] = []
    let failed = Promise.withResolvers<void>()
    const onError = (error: unknown): void => {
      errors.push(error)
      failed.resolve()
    }
    const config = await createConfig({ schema, sources: [store.source], watch: true, onError })
    store.values = { server: {} }
    store.change()
    await failed.promise
    expect(errors).toEqual([expect.any(InvalidConfigError)])
    expect(config.get().server.port).toBe(1)

    failed = Promise.withResolvers()
    store.fail(new Error('no more watches'))
    await failed.promise
    expect(errors.at(-1)).toEqual(new Error('no more watches'))

    const heard = new Promise((resolve) => config.subscribe('server.port', ({ after }) => resolve(after)))
    store.values = { server: { port: 2 } }
    store.change()
    await expect(heard).resolves.toBe(2)
  })

  it.each([
    ['throws', () => expect.fail('no use')],
    ['rejects', () => Promise.reject(new Error('no use'))],
  ])('goes on when onError %s, and warns of that', async (_, onError) => {
    const store = createStore({ server: { port: 1 } })
    const config = await createConfig({ schema, sources: [store.source], watch: true, onError })
    config.subscribe('', () => Promise.reject(new Error('a listener')))
    const warnings: string[] = []
    const onWarning = ({ message }: Error): unknown => warnings.push(message)
    process.on('warning', onWarning)
    store.fail(new Error('no more watches'))
    store.values = { server: { port: 'x' } }
    store.change()
    await config.reload().catch(() => {})
    store.values = { server: { port: 2 } }
    await config.reload()
    await vi.waitFor(() => expect(warnings).toEqual(['no use', 'no use', 'no use']))
    process.off('warning', onWarning)
    expect(config.get().server.port).toBe(2)
  })

  it('warns of what nobody hears', async () => {
    const store = createStore({ server: { port: 1 } })
    await createConfig({ schema, sources: [store.source], watch: true })
    const warning = once(process, 'warning')
    store.fail(new Error('no more watches'))
    await expect(warning).resolves.toEqual([new Error('no more watches')])
  })

  it('does not watch unless asked', async () => {
    const store = createStore({ server: { port: 1 } })
    await createConfig({ schema, sources: [store.source] })
    expect(store.watchers).toBe(0)
  })

  it('stops watching when the first settings cannot be used', async () => {
    const store = createStore({})
    await expect(createConfig({ schema, sources: [store.source], watch: true })).rejects.toThrow(InvalidConfigError)
    expect(store.watchers).toBe(0)
  })
})

describe('close', () => {
  it('ends the wait for a source that never answers', async () => {
    let values: unknown = { server: { port: 1 } }
    const config = await createConfig({ schema, sources: [valuesSource('slow', () => values)] })
    values = new Promise(() => {})
    const reload = config.reload()
    await config.close()
    await expect(reload).rejects.toMatchObject({ code: 'config_closed' })
  })

  it('happens at the end of a block', async () => {
    const store = createStore({ server: { port: 1 } })
    {
      await using config = await createConfig({ schema, sources: [store.source], watch: true })
      expect([config.version, store.watchers]).toEqual([1, 1])
    }
    expect(store.watchers).toBe(0)
  })

  it('stops watching, listening and loading, and keeps the last snapshot', async () => {
    const store = createStore({ server: { port: 1 } })
    const errors: unknown[] = []
    const config = await createConfig({
      schema,
      sources: [store.source],
      watch: true,
      onError: (error) => errors.push(error),
    })
    const heard = vi.fn<() => void>()
    config.subscribe('', heard)
    store.values = { server: { port: 2 } }
    const reload = config.reload()
    store.change()
    await Promise.all([config.close(), config.close()])
    const closed = 'The config is closed: it keeps its last values, but loads and tells nothing any more.'
    await expect(reload).rejects.toMatchObject({ code: 'config_closed', message: closed })
    await expect(config.reload()).rejects.toMatchObject({ code: 'config_closed' })
    expect(() => config.subscribe('', heard)).toThrow(closed)
    expect(config.get().server.port).toBe(1)
    expect(store.watchers).toBe(0)
    expect(heard).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })
})
