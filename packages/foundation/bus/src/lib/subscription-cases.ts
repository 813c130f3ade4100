import { deepEqual, equal } from 'node:assert/strict'
import type { Gap } from './bus.ts'
import type { BusCase, CreateCase } from './bus-case.ts'

/** Who hears a message, and when. */
export function subscriptionCases(createCase: CreateCase): BusCase[] {
  return [
    createCase('calls a listener for one message at a time', async ({ bus, peer }) => {
      let running = 0
      let mostRunning = 0
      const heard: unknown[] = []
      const ended = Promise.withResolvers<void>()
      await peer.subscribe('work', async (number) => {
        running += 1
        mostRunning = Math.max(mostRunning, running)
        await Promise.resolve()
        heard.push(number)
        running -= 1
        if (number === 3) ended.resolve()
      })
      await Promise.all([1, 2, 3].map((number) => bus.publish('work', number)))
      await ended.promise
      deepEqual(heard, [1, 2, 3])
      equal(mostRunning, 1)
    }),

    createCase('calls a listener as often as it is subscribed', async ({ bus, peer, passMarker }) => {
      const heard: unknown[] = []
      const listener = (payload: unknown): void => void heard.push(payload)
      const first = await peer.subscribe('twice', listener)
      await peer.subscribe('twice', listener)
      await bus.publish('twice', 1)
      await passMarker()
      deepEqual(heard, [1, 1])
      await first.unsubscribe()
      await bus.publish('twice', 2)
      await passMarker()
      deepEqual(heard, [1, 1, 2])
    }),

    createCase('calls no listener after it has unsubscribed', async ({ bus, peer, listen, passMarker }) => {
      const { heard, subscription, until } = await listen(peer, 'news')
      equal(subscription.topic, 'news')
      await bus.publish('news', 1)
      await until(1)
      await subscription.unsubscribe()
      await subscription.unsubscribe()
      await bus.publish('news', 2)
      await passMarker()
      deepEqual(heard, [1])
    }),

    createCase('hears again after the last listener left and another came', async ({ bus, peer, listen }) => {
      for (const round of [1, 2, 3]) {
        const { heard, subscription, until } = await listen(peer, 'news')
        await bus.publish('news', round)
        await until(1)
        deepEqual(heard, [round])
        // Not awaited: the next subscription is made while this one ends.
        void subscription.unsubscribe()
      }
    }),

    createCase(
      'drops what exceeds the limit of a slow listener, and tells it where',
      async ({ bus, peer, listen, passMarker }) => {
        const heard: unknown[] = []
        const gaps: Gap[] = []
        const held = Promise.withResolvers<void>()
        await peer.subscribe(
          'slow',
          async (number) => {
            heard.push(number)
            await held.promise
          },
          {
            limit: 2,
            onGap(gap) {
              gaps.push(gap)
              heard.push('gap')
            },
          },
        )
        await bus.publish('slow', 0)
        await passMarker()
        for (const number of [1, 2, 3, 4]) await bus.publish('slow', number)
        await passMarker()
        held.resolve()
        const last = await listen(peer, 'slow')
        await bus.publish('slow', 5)
        await last.until(1)
        await passMarker()
        deepEqual(heard, [0, 1, 2, 'gap', 5])
        deepEqual(gaps, [{ topic: 'slow', reason: 'overflow' }])
      },
    ),

    createCase('works when its methods are taken off', async ({ bus: { publish, subscribe }, listen }) => {
      const heard: unknown[] = []
      await subscribe('news', (payload) => void heard.push(payload))
      const marker = await listen({ subscribe }, 'marker')
      await publish('news', 1)
      await publish('marker', 1)
      await marker.until(1)
      deepEqual(heard, [1])
    }),

    createCase('lets a message that a listener publishes overtake none', async ({ bus, peer, listen }) => {
      await bus.subscribe('count', async (number) => {
        if (number === 1) await bus.publish('count', 2)
      })
      const here = await listen(bus, 'count')
      const there = await listen(peer, 'count')
      await bus.publish('count', 1)
      await Promise.all([here.until(2), there.until(2)])
      deepEqual(
        [here.heard, there.heard],
        [
          [1, 2],
          [1, 2],
        ],
      )
    }),

    createCase('drops what waits for a listener that unsubscribes meanwhile', async ({ bus, peer, passMarker }) => {
      const heard: unknown[] = []
      const subscription = await peer.subscribe('news', async (number) => {
        heard.push(number)
        await subscription.unsubscribe()
      })
      await Promise.all([1, 2, 3].map((number) => bus.publish('news', number)))
      await passMarker()
      deepEqual(heard, [1])
    }),

    createCase(
      'lets the other listeners of a topic hear on when one has unsubscribed',
      async ({ bus, peer, listen }) => {
        const left = await listen(peer, 'news')
        const stayed = await listen(peer, 'news')
        await left.subscription.unsubscribe()
        await left.subscription.unsubscribe()
        await bus.publish('news', 1)
        await stayed.until(1)
        deepEqual([left.heard, stayed.heard], [[], [1]])
      },
    ),

    createCase('reaches a thousand listeners once', async ({ bus, peer, listen, passMarker }) => {
      const listeners = await Promise.all(Array.from({ length: 1_000 }, () => listen(peer, 'news')))
      await bus.publish('news', 1)
      await passMarker()
      deepEqual(new Set(listeners.map(({ heard }) => heard.length)), new Set([1]))
    }),
  ]
}
