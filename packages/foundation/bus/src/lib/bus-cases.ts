import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { EmpireError } from '@empire/errors'
import type { Bus, Gap } from './bus.ts'
import { listen } from './listen.ts'

/** One promise of a contract: `run` rejects if it is not kept. */
export interface BusCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** The bus under test. */
export interface BusCasesOptions {
  /**
   * Two ends of one new bus: what is published on either is heard on both. For a bus in one process, twice the same
   * object. Each case closes both.
   */
  connect(): readonly [Bus, Bus] | Promise<readonly [Bus, Bus]>
  /**
   * Cuts all connections of the buses and lets them come back. Leave it out for a bus that has none: the cases about
   * lost connections are then left out too.
   */
  readonly interrupt?: (() => Promise<void>) | undefined
}

const payloads: readonly unknown[] = [
  null,
  true,
  '',
  0,
  -1.5e300,
  'a\0b\r\n\uFEFF"\\ 😀 e\u0301',
  '\uD800',
  [],
  {},
  [[], [null], { a: [{}] }],
  JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "": 3}'),
  'x'.repeat(1_000_000),
]

const topics: readonly string[] = [
  'a',
  'A',
  ' ',
  'a.b',
  'a.*',
  '*',
  '>',
  'a b',
  'a\0b\r\n',
  '__proto__',
  'constructor',
  '日本 😀',
  'x'.repeat(1_000),
]

/** The promises of a `Bus`, for any test runner: `for (const { name, run } of busCases({ connect })) it(name, run)`. */
export function busCases({ connect, interrupt }: BusCasesOptions): BusCase[] {
  /** A case whose buses are closed at its end. */
  function withBus(name: string, run: (bus: Bus, peer: Bus) => Promise<void>): BusCase {
    return {
      name,
      async run() {
        const [bus, peer] = await connect()
        try {
          await run(bus, peer)
        } finally {
          await Promise.all([bus.close(), peer.close()])
        }
      },
    }
  }

  const cases = [
    withBus('carries a message to the listeners of both ends', async (bus, peer) => {
      const here = await listen(bus, 'greeted')
      const there = await listen(peer, 'greeted')
      await bus.publish('greeted', { name: 'Ada' })
      await peer.publish('greeted', { name: 'Bob' })
      await Promise.all([here.until(2), there.until(2)])
      deepEqual(new Set(here.heard.map(nameOf)), new Set(['Ada', 'Bob']))
      deepEqual(new Set(there.heard.map(nameOf)), new Set(['Ada', 'Bob']))
    }),

    withBus('carries any JSON data without loss', async (bus, peer) => {
      const { heard, until } = await listen(peer, 'data')
      for (const payload of payloads) await bus.publish('data', payload)
      await until(payloads.length)
      deepEqual(heard, payloads)
    }),

    withBus('leaves out properties that are undefined', async (bus, peer) => {
      const { heard, until } = await listen(peer, 'data')
      await bus.publish('data', { kept: null, left: undefined })
      await until(1)
      deepEqual(heard, [{ kept: null }])
    }),

    withBus('carries what the payload was when it was published', async (bus, peer) => {
      const { heard, until } = await listen(peer, 'data')
      const payload = { list: [1] }
      const published = bus.publish('data', payload)
      payload.list.push(2)
      await published
      await until(1)
      deepEqual(heard, [{ list: [1] }])
    }),

    withBus('gives listeners a payload that none can change for another', async (bus) => {
      const { heard, until } = await listen(bus, 'data')
      await bus.publish('data', { list: [{ a: 1 }] })
      await until(1)
      const payload = heard[0] as { list: readonly object[] }
      ok(Object.isFrozen(payload) && Object.isFrozen(payload.list) && Object.isFrozen(payload.list[0]))
    }),

    withBus('keeps the order of one publisher', async (bus, peer) => {
      const { heard, until } = await listen(peer, 'count')
      const numbers = Array.from({ length: 1_000 }, (_, number) => number)
      await Promise.all(numbers.map((number) => bus.publish('count', number)))
      await until(numbers.length)
      deepEqual(heard, numbers)
    }),

    withBus('calls a listener for one message at a time', async (bus, peer) => {
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

    withBus('keeps topics apart, whatever their names', async (bus, peer) => {
      const listeners = await Promise.all(topics.map((topic) => listen(peer, topic)))
      for (const topic of topics) await bus.publish(topic, topic)
      await Promise.all(listeners.map(({ until }) => until(1)))
      await passMarker(bus, peer)
      deepEqual(
        listeners.map(({ heard }) => heard),
        topics.map((topic) => [topic]),
      )
    }),

    withBus('takes messages that nobody hears', async (bus) => {
      await bus.publish('unheard', 1)
    }),

    withBus('calls a listener as often as it is subscribed', async (bus, peer) => {
      const heard: unknown[] = []
      const listener = (payload: unknown): void => void heard.push(payload)
      const first = await peer.subscribe('twice', listener)
      await peer.subscribe('twice', listener)
      await bus.publish('twice', 1)
      await passMarker(bus, peer)
      deepEqual(heard, [1, 1])
      await first.unsubscribe()
      await bus.publish('twice', 2)
      await passMarker(bus, peer)
      deepEqual(heard, [1, 1, 2])
    }),

    withBus('calls no listener after it has unsubscribed', async (bus, peer) => {
      const { heard, subscription, until } = await listen(peer, 'news')
      equal(subscription.topic, 'news')
      await bus.publish('news', 1)
      await until(1)
      await subscription.unsubscribe()
      await subscription.unsubscribe()
      await bus.publish('news', 2)
      await passMarker(bus, peer)
      deepEqual(heard, [1])
    }),

    withBus('hears again after the last listener left and another came', async (bus, peer) => {
      for (const round of [1, 2, 3]) {
        const { heard, subscription, until } = await listen(peer, 'news')
        await bus.publish('news', round)
        await until(1)
        deepEqual(heard, [round])
        // Not awaited: the next subscription is made while this one ends.
        void subscription.unsubscribe()
      }
    }),

    withBus('drops what exceeds the limit of a slow listener, and tells it where', async (bus, peer) => {
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
      await passMarker(bus, peer)
      for (const number of [1, 2, 3, 4]) await bus.publish('slow', number)
      await passMarker(bus, peer)
      held.resolve()
      const last = await listen(peer, 'slow')
      await bus.publish('slow', 5)
      await last.until(1)
      await passMarker(bus, peer)
      deepEqual(heard, [0, 1, 2, 'gap', 5])
      deepEqual(gaps, [{ topic: 'slow', reason: 'overflow' }])
    }),

    withBus('refuses payloads that JSON cannot carry', async (bus) => {
      const circle: Record<string, unknown> = {}
      circle['self'] = circle
      const refused = [undefined, Number.NaN, Infinity, 1n, Symbol('s'), () => {}, new Date(0), new Map(), circle]
      for (const payload of refused) {
        await rejects(bus.publish('data', payload), TypeError)
        await rejects(bus.publish('data', { list: [payload] }), TypeError)
      }
    }),

    withBus('refuses what is no topic, listener or limit', async (bus) => {
      for (const topic of [undefined, null, '', 3, ['a'], '\uD800']) {
        await rejects(bus.publish(topic as string, 1), TypeError)
        await rejects(
          bus.subscribe(topic as string, () => {}),
          TypeError,
        )
      }
      await rejects(bus.subscribe('a', undefined as never), TypeError)
      await rejects(
        bus.subscribe('a', () => {}, { onGap: 'tell me' as never }),
        TypeError,
      )
      for (const limit of [0, -1, 1.5, Number.NaN, '3' as never]) {
        await rejects(
          bus.subscribe('a', () => {}, { limit }),
          TypeError,
        )
      }
    }),

    withBus('does nothing for an aborted signal, and rejects with its reason', async (bus, peer) => {
      const { heard } = await listen(peer, 'news')
      const reason = { left: true }
      const signal = AbortSignal.abort(reason)
      await rejects(bus.publish('news', 1, { signal }), (error) => error === reason)
      const rejected = bus.subscribe('news', () => heard.push('aborted') as never, { signal })
      await rejects(rejected, (error) => error === reason)
      await bus.publish('news', 2)
      await passMarker(bus, peer)
      deepEqual(heard, [2])
    }),

    withBus('works when its methods are taken off', async ({ publish, subscribe }) => {
      const heard: unknown[] = []
      await subscribe('news', (payload) => void heard.push(payload))
      const marker = await listen({ subscribe }, 'marker')
      await publish('news', 1)
      await publish('marker', 1)
      await marker.until(1)
      deepEqual(heard, [1])
    }),

    withBus('is deaf and refuses use once it is closed', async (bus) => {
      const { heard, subscription } = await listen(bus, 'news')
      const published = bus.publish('news', 1)
      await Promise.all([bus.close(), bus.close(), published.catch(ignoreClosed)])
      const heardAtClose = heard.length
      await rejects(bus.publish('news', 2), isClosedError)
      await rejects(
        bus.subscribe('news', () => {}),
        isClosedError,
      )
      await subscription.unsubscribe()
      await bus.close()
      equal(heard.length, heardAtClose)
    }),
  ]

  if (interrupt === undefined) return cases
  return [
    ...cases,
    withBus('tells every listener of the gap after a lost connection, and hears again', async (bus, peer) => {
      const first = await listen(peer, 'news')
      const second = await listen(peer, 'other')
      await interrupt()
      await Promise.all([first.untilGap(), second.untilGap()])
      deepEqual(first.gaps[0], { topic: 'news', reason: 'reconnected' })
      deepEqual(second.gaps[0], { topic: 'other', reason: 'reconnected' })
      const sender = await listen(bus, 'ready')
      await bus.publish('ready', 1)
      await sender.until(1)
      await bus.publish('news', 1)
      await first.until(1)
      deepEqual(first.heard, [1])
    }),
  ]
}

/** Resolves when all that `bus` has published before has reached the idle listeners of `peer`. */
async function passMarker(bus: Bus, peer: Bus): Promise<void> {
  const { subscription, until } = await listen(peer, 'marker')
  await bus.publish('marker', null)
  await until(1)
  await subscription.unsubscribe()
}

function nameOf(payload: unknown): unknown {
  return (payload as { name: unknown }).name
}

function isClosedError(error: unknown): boolean {
  return EmpireError.isInstance(error) && error.code === 'bus_closed'
}

function ignoreClosed(error: unknown): void {
  if (!isClosedError(error)) throw error
}
