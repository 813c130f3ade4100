import { setImmediate } from 'node:timers/promises'
import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { createCache } from './create-cache.ts'
import type { LoadContext } from './cache.ts'
import { LoadTimeoutError } from './load-timeout-error.ts'

/** A load that ends when the test says so. */
function createLoad<Value>() {
  const gates: PromiseWithResolvers<Value>[] = []
  const signals: AbortSignal[] = []
  return {
    gates,
    signals,
    load({ signal }: LoadContext): Promise<Value> {
      const gate = Promise.withResolvers<Value>()
      gates.push(gate)
      signals.push(signal)
      signal.addEventListener('abort', () => gate.reject(signal.reason))
      return gate.promise
    },
  }
}

const fail = (): never => {
  throw new Error('no answer')
}

/** A cache with a value that is 100 ms too old. */
async function withStale() {
  const clock = createManualClock()
  const cache = createCache<string>({ clock })
  await cache.set('key', 'old', { ttl: 1_000, retain: 10_000 })
  await clock.advance(1_100)
  return { clock, cache, ...createLoad<string>() }
}

describe('signal', () => {
  it('of one caller does not end the load of the others', async () => {
    const cache = createCache<string>()
    const { load, gates, signals } = createLoad<string>()
    const controller = new AbortController()
    const leaving = cache.getOrSet('key', load, { signal: controller.signal })
    const staying = cache.getOrSet('key', load, { signal: new AbortController().signal })
    const reason = new Error('the user left')
    controller.abort(reason)
    await expect(leaving).rejects.toBe(reason)
    expect(signals[0]?.aborted).toBe(false)
    gates[0]?.resolve('value')
    await expect(staying).resolves.toBe('value')
    await expect(cache.get('key')).resolves.toBe('value')
  })

  it('of the last caller ends the load, which is then not kept', async () => {
    const cache = createCache<string>()
    const { load, signals } = createLoad<string>()
    const controllers = [new AbortController(), new AbortController()]
    const calls = controllers.map(({ signal }) => cache.getOrSet('key', load, { signal }))
    const outcomes = Promise.allSettled(calls)
    controllers[0]?.abort('first')
    controllers[1]?.abort('second')
    await expect(outcomes).resolves.toMatchObject([{ reason: 'first' }, { reason: 'second' }])
    expect(signals.map(({ reason }) => reason as unknown)).toEqual(['second'])
    await expect(cache.getOrSet('key', () => 'new')).resolves.toBe('new')
  })

  it('makes way for a new load at once, though the old one does not listen', async () => {
    const cache = createCache<string>()
    const gate = Promise.withResolvers<string>()
    const controller = new AbortController()
    const leaving = cache.getOrSet('key', () => gate.promise, { signal: controller.signal })
    controller.abort('left')
    await expect(leaving).rejects.toBe('left')
    await expect(cache.getOrSet('key', () => 'new')).resolves.toBe('new')
    gate.resolve('old')
    await setImmediate()
    await expect(cache.get('key')).resolves.toBe('new')
  })

  it('of a caller without one never ends the load', async () => {
    const cache = createCache<string>()
    const { load, gates } = createLoad<string>()
    const staying = cache.getOrSet('key', load)
    const controller = new AbortController()
    const leaving = cache.getOrSet('key', load, { signal: controller.signal })
    controller.abort('left')
    await expect(leaving).rejects.toBe('left')
    gates[0]?.resolve('value')
    await expect(staying).resolves.toBe('value')
  })
})

describe('stale values', () => {
  it('are not given unless a read asks for them', async () => {
    const { cache } = await withStale()
    await expect(cache.get('key')).resolves.toBeUndefined()
    await expect(cache.getOrSet('key', () => 'new')).resolves.toBe('new')
  })

  it('are given at once while a new one is loaded', async () => {
    const { cache, load, gates } = await withStale()
    const options = { staleWhileRevalidate: 500 }
    await expect(cache.getOrSet('key', load, options)).resolves.toBe('old')
    await expect(cache.getOrSet('key', load, options)).resolves.toBe('old')
    expect(gates).toHaveLength(1)
    gates[0]?.resolve('new')
    await setImmediate()
    await expect(cache.getOrSet('key', load)).resolves.toBe('new')
    expect(cache.statistics()).toMatchObject({ staleHits: 2, loads: 1 })
  })

  it('are not given when they are older than the read allows', async () => {
    const { cache } = await withStale()
    await expect(cache.getOrSet('key', () => 'new', { staleWhileRevalidate: 100 })).resolves.toBe('new')
  })

  it('stay when a load behind them fails', async () => {
    const { cache, load, gates } = await withStale()
    await cache.getOrSet('key', load, { staleWhileRevalidate: 500 })
    gates[0]?.reject(new Error('no answer'))
    await setImmediate()
    await expect(cache.getOrSet('key', load, { staleWhileRevalidate: 500 })).resolves.toBe('old')
    expect(gates).toHaveLength(2)
  })

  it('stand in for a load that fails', async () => {
    const { cache } = await withStale()
    await expect(cache.getOrSet('key', fail, { staleIfError: 500 })).resolves.toBe('old')
    await expect(cache.getOrSet('key', fail, { staleIfError: 100 })).rejects.toThrow('no answer')
    await expect(cache.getOrSet('key', fail)).rejects.toThrow('no answer')
  })

  it('are gone after an invalidation', async () => {
    const { cache, load, gates } = await withStale()
    await cache.invalidate({ key: 'key' })
    const waiting = cache.getOrSet('key', load, { staleWhileRevalidate: 500, staleIfError: 500 })
    gates[0]?.reject(new Error('no answer'))
    await expect(waiting).rejects.toThrow('no answer')
  })

  it('are gone when they are invalidated while a load is tried', async () => {
    const { cache, load, gates } = await withStale()
    const waiting = cache.getOrSet('key', load, { staleIfError: 500 })
    await cache.invalidate({ key: 'key' })
    gates[0]?.reject(new Error('no answer'))
    await expect(waiting).rejects.toThrow('no answer')
  })

  it('are gone when a load finds that there is no value any more', async () => {
    const { cache } = await withStale()
    const optional = cache as unknown as ReturnType<typeof createCache<string | undefined>>
    await optional.getOrSet('key', () => undefined, { staleWhileRevalidate: 500 })
    await setImmediate()
    await expect(optional.getOrSet('key', () => 'new', { staleWhileRevalidate: 500 })).resolves.toBe('new')
  })
})

describe('softTimeout', () => {
  it('gives a stale value while the load goes on', async () => {
    const { clock, cache, load, gates } = await withStale()
    const waiting = cache.getOrSet('key', load, { softTimeout: 50, staleIfError: 500 })
    await clock.advance(50)
    await expect(waiting).resolves.toBe('old')
    gates[0]?.resolve('new')
    await setImmediate()
    await expect(cache.get('key')).resolves.toBe('new')
    expect(clock.waiting).toBe(0)
  })

  it('waits on when there is no stale value', async () => {
    const clock = createManualClock()
    const cache = createCache<string>({ clock })
    const { load, gates } = createLoad<string>()
    const waiting = cache.getOrSet('key', load, { softTimeout: 50, staleIfError: 500 })
    await clock.advance(50)
    gates[0]?.resolve('new')
    await expect(waiting).resolves.toBe('new')
  })
})

describe('hardTimeout', () => {
  it('gives up, and ends a load for which nobody else waits', async () => {
    const clock = createManualClock()
    const cache = createCache<string>({ clock })
    const { load, signals } = createLoad<string>()
    const waiting = cache.getOrSet('key', load, { hardTimeout: 200 })
    await Promise.all([expect(waiting).rejects.toThrow(new LoadTimeoutError(200)), clock.advance(200)])
    expect(signals[0]?.reason).toEqual(new LoadTimeoutError(200))
    expect(new LoadTimeoutError(200).message).toBe(
      'Expected a value within 200 ms, but it is still being loaded. Raise "hardTimeout", or allow a stale value with "staleIfError".',
    )
  })

  it('leaves the load to those who wait longer', async () => {
    const clock = createManualClock()
    const cache = createCache<string>({ clock })
    const { load, gates } = createLoad<string>()
    const short = cache.getOrSet('key', load, { hardTimeout: 200 }).catch((error: unknown) => error)
    const long = cache.getOrSet('key', load, { hardTimeout: 400 })
    await clock.advance(200)
    await expect(short).resolves.toBeInstanceOf(LoadTimeoutError)
    gates[0]?.resolve('value')
    await expect(long).resolves.toBe('value')
    expect(clock.waiting).toBe(0)
  })

  it('gives a stale value that is allowed', async () => {
    const { clock, cache, load } = await withStale()
    const waiting = cache.getOrSet('key', load, { hardTimeout: 200, staleIfError: 500 })
    await clock.advance(200)
    await expect(waiting).resolves.toBe('old')
  })

  it('ends a load that goes on without a caller', async () => {
    const { clock, cache, load, signals } = await withStale()
    await cache.getOrSet('key', load, { staleWhileRevalidate: 500, hardTimeout: 200 })
    await clock.advance(200)
    expect(signals[0]?.aborted).toBe(true)
  })
})
