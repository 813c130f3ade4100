import { deepEqual, ok } from 'node:assert/strict'
import type { BusCase, CreateCase } from './bus-case.ts'

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

/** What messages are when they arrive, and in which order. */
export function messageCases(createCase: CreateCase): BusCase[] {
  return [
    createCase('carries a message to the listeners of both ends', async ({ bus, peer, listen }) => {
      const here = await listen(bus, 'greeted')
      const there = await listen(peer, 'greeted')
      await bus.publish('greeted', { name: 'Ada' })
      await peer.publish('greeted', { name: 'Bob' })
      await Promise.all([here.until(2), there.until(2)])
      deepEqual(new Set(here.heard.map(nameOf)), new Set(['Ada', 'Bob']))
      deepEqual(new Set(there.heard.map(nameOf)), new Set(['Ada', 'Bob']))
    }),

    createCase('carries any JSON data without loss', async ({ bus, peer, listen }) => {
      const { heard, until } = await listen(peer, 'data')
      for (const payload of payloads) await bus.publish('data', payload)
      await until(payloads.length)
      deepEqual(heard, payloads)
    }),

    createCase('leaves out properties that are undefined', async ({ bus, peer, listen }) => {
      const { heard, until } = await listen(peer, 'data')
      await bus.publish('data', { kept: null, left: undefined })
      await until(1)
      deepEqual(heard, [{ kept: null }])
    }),

    createCase('carries what the payload was when it was published', async ({ bus, peer, listen }) => {
      const { heard, until } = await listen(peer, 'data')
      const payload = { list: [1] }
      const published = bus.publish('data', payload)
      payload.list.push(2)
      await published
      await until(1)
      deepEqual(heard, [{ list: [1] }])
    }),

    createCase('gives listeners a payload that none can change for another', async ({ bus, listen }) => {
      const { heard, until } = await listen(bus, 'data')
      await bus.publish('data', { list: [{ a: 1 }] })
      await until(1)
      const payload = heard[0] as { list: readonly object[] }
      ok(Object.isFrozen(payload) && Object.isFrozen(payload.list) && Object.isFrozen(payload.list[0]))
    }),

    createCase('keeps the order of one publisher', async ({ bus, peer, listen }) => {
      const { heard, until } = await listen(peer, 'count')
      const numbers = Array.from({ length: 1_000 }, (_, number) => number)
      await Promise.all(numbers.map((number) => bus.publish('count', number)))
      await until(numbers.length)
      deepEqual(heard, numbers)
    }),

    createCase('keeps topics apart, whatever their names', async ({ bus, peer, listen, passMarker }) => {
      const listeners = await Promise.all(topics.map((topic) => listen(peer, topic)))
      for (const topic of topics) await bus.publish(topic, topic)
      await Promise.all(listeners.map(({ until }) => until(1)))
      await passMarker()
      deepEqual(
        listeners.map(({ heard }) => heard),
        topics.map((topic) => [topic]),
      )
    }),

    createCase('takes messages that nobody hears', async ({ bus }) => {
      await bus.publish('unheard', 1)
    }),
  ]
}

function nameOf(payload: unknown): unknown {
  return (payload as { name: unknown }).name
}
