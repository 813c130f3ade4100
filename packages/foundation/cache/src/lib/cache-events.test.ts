import { createBus } from '@empire/bus'
import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cacheEvents } from './cache-events.ts'
import { createCache } from './create-cache.ts'

/** What the caches of a namespace tell from now on. */
function listen(namespace: string): unknown[] {
  const heard: unknown[] = []
  for (const [event, channel] of Object.entries(cacheEvents)) {
    const leave = channel.subscribe((message: { namespace: string; at: number }) => {
      if (message.namespace === namespace) heard.push({ event, ...message, at: undefined })
    })
    onTestFinished(leave)
  }
  return heard
}

describe('the events of a cache', () => {
  it('tell of loads with their outcome and duration', async () => {
    const heard = listen('loads')
    const clock = createManualClock()
    const cache = createCache({ namespace: 'loads', clock })
    const failure = new Error('no answer')
    const loading = cache.getOrSet('a', () => clock.sleep(50).then(() => 1))
    await clock.advance(50)
    await loading
    await cache.getOrSet('a', () => 2)
    await cache.getOrSet('b', () => Promise.reject(failure)).catch(() => {})
    expect(heard).toEqual([
      { event: 'load', namespace: 'loads', outcome: 'loaded', duration: 50 },
      { event: 'load', namespace: 'loads', outcome: 'failed', duration: 0, error: failure },
    ])
  })

  it('tell of invalidations here and elsewhere', async () => {
    const heard = listen('invalidations')
    const bus = createBus()
    const cache = createCache({ namespace: 'invalidations', bus })
    createCache({ namespace: 'invalidations', bus })
    await cache.get('ready')
    await cache.invalidate({ key: 'a' })
    expect(heard).toEqual([
      { event: 'invalidation', namespace: 'invalidations', origin: 'here', labels: 2 },
      { event: 'invalidation', namespace: 'invalidations', origin: 'elsewhere', labels: 2 },
    ])
  })

  it('tell of failures', async () => {
    const heard = listen('failures')
    const failure = new Error('connection lost')
    const fail = async (): Promise<never> => {
      throw failure
    }
    const store = { get: fail, set: fail, delete: fail, clear: fail }
    await createCache({ namespace: 'failures', store }).get('a')
    expect(heard).toEqual([{ event: 'failure', namespace: 'failures', of: 'store', error: failure }])
  })
})
