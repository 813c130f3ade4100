import { describe, expect, it } from 'vitest'
import type { Bus } from './bus.ts'
import { busCases } from './bus-cases.ts'
import { createBus } from './create-bus.ts'

/** The names of the cases that a bus of that kind fails. */
async function findBroken(change: (bus: Bus) => Partial<Bus>): Promise<string[]> {
  const cases = busCases({
    patience: 50,
    connect() {
      // A broken bus may also break the listeners of a case.
      const bus = createBus({ onError() {} })
      const changed = { ...bus, ...change(bus) }
      return [changed, changed]
    },
  })
  const broken: string[] = []
  for (const { name, run } of cases) await run().catch(() => broken.push(name))
  return broken
}

describe('busCases', () => {
  it('finds a bus that shares payloads instead of copying them', async () => {
    const listeners = new Map<string, Set<(payload: unknown) => unknown>>()
    const broken = await findBroken(() => ({
      async publish(topic, payload) {
        for (const listener of listeners.get(topic) ?? []) listener(payload)
      },
      async subscribe(topic, listener) {
        const all = listeners.get(topic) ?? new Set()
        listeners.set(topic, all.add(listener))
        return { topic, unsubscribe: async () => void all.delete(listener) }
      },
    }))
    expect(broken).toContain('gives listeners a payload that none can change for another')
    expect(broken).toContain('refuses payloads that JSON cannot carry')
    expect(broken).toContain('is deaf and refuses use once it is closed')
  })

  it('finds a bus that ignores signals', async () => {
    const broken = await findBroken((bus) => ({
      publish: (topic, payload) => bus.publish(topic, payload),
    }))
    expect(broken).toEqual(['does nothing for an aborted signal, and rejects with its reason'])
  })

  it('says what did not come', async () => {
    const deaf: Bus = { ...createBus(), publish: async () => {} }
    const [first] = busCases({ patience: 20, connect: () => [deaf, deaf] })
    await expect(first?.run()).rejects.toThrow(
      'Expected 2 messages on "greeted" within 20 ms, got 0 messages and 0 gaps.',
    )
  })

  it.each<[string, (bus: Bus) => Partial<Bus>, string]>([
    [
      'drops each tenth message',
      ({ publish }) => ({ publish: (...call) => (Number(call[1]) % 10 === 9 ? Promise.resolve() : publish(...call)) }),
      'keeps the order of one publisher',
    ],
    [
      'hands messages on in another order',
      ({ publish }) => ({
        async publish(...call) {
          if (Number(call[1]) % 2 === 0) await new Promise(setImmediate)
          await publish(...call)
        },
      }),
      'keeps the order of one publisher',
    ],
    [
      'delivers twice',
      ({ publish }) => ({
        async publish(...call) {
          await publish(...call)
          await publish(...call)
        },
      }),
      'reaches a thousand listeners once',
    ],
    [
      'delivers after unsubscribe',
      ({ subscribe }) => ({
        async subscribe(...call) {
          const { topic } = await subscribe(...call)
          return { topic, unsubscribe: async () => {} }
        },
      }),
      'calls no listener after it has unsubscribed',
    ],
    [
      'ends all subscriptions with one',
      ({ subscribe }) => {
        const ends: (() => Promise<void>)[] = []
        return {
          async subscribe(...call) {
            const { topic, unsubscribe } = await subscribe(...call)
            ends.push(unsubscribe)
            return { topic, unsubscribe: async () => void (await Promise.all(ends.map((end) => end()))) }
          },
        }
      },
      'lets the other listeners of a topic hear on when one has unsubscribed',
    ],
    [
      'does not wait for a listener',
      ({ subscribe }) => ({
        subscribe: (topic, listener, options) => subscribe(topic, (payload) => void listener(payload), options),
      }),
      'calls a listener for one message at a time',
    ],
    [
      'tells of no gap',
      ({ subscribe }) => ({
        subscribe: (topic, listener, options) => subscribe(topic, listener, { ...options, onGap: undefined }),
      }),
      'drops what exceeds the limit of a slow listener, and tells it where',
    ],
  ])('finds a bus that %s', async (_, change, name) => {
    await expect(findBroken(change)).resolves.toContain(name)
  })
})
