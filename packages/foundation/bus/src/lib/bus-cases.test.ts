import { describe, expect, it } from 'vitest'
import type { Bus } from './bus.ts'
import { busCases } from './bus-cases.ts'
import { createBus } from './create-bus.ts'

/** The names of the cases that a bus of that kind fails. */
async function findBroken(change: (bus: Bus) => Partial<Bus>): Promise<string[]> {
  const cases = busCases({
    connect() {
      const bus = createBus()
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
})
