import { channel } from 'node:diagnostics_channel'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { EventSummary } from './aggregator-snapshot.ts'
import { type Aggregator, type AggregatorOptions, createAggregator } from './create-aggregator.ts'
import { defineEvents } from './define-events.ts'

let time = 0
const now = (): number => ++time
const events = defineEvents(
  'test',
  {
    tick: { description: 'Time went on.' },
    read: {
      description: 'A value was read.',
      fields: { tier: ['memory', 'store'], space: 'label', bytes: 'sum', duration: 'duration', error: 'detail' },
    },
    done: { description: 'Work was done.', fields: { duration: 'duration', items: 'sum' } },
  },
  { now },
)

const open: Aggregator[] = []
afterEach(() => {
  for (const aggregator of open.splice(0)) aggregator.close()
})

function aggregate(options: AggregatorOptions = {}): (name: string) => EventSummary | undefined {
  time = 0
  const aggregator = createAggregator({ now, ...options })
  open.push(aggregator)
  return (name) => aggregator.snapshot().events.find((event) => event.name === `empire:test:${name}`)
}

describe('createAggregator', () => {
  it('counts an event without fields', () => {
    const summaryOf = aggregate()
    for (let round = 0; round < 3; round++) events.tick.publish()
    expect(summaryOf('tick')).toEqual({
      name: 'empire:test:tick',
      count: 3,
      firstAt: 2,
      lastAt: 4,
      dropped: { labels: 0, values: 0 },
      series: [{ overflow: false, labels: {}, count: 3, sums: {}, durations: {} }],
    })
  })

  it('counts, sums and measures by labels', () => {
    const summaryOf = aggregate()
    events.read.publish({ tier: 'memory', space: 'users', bytes: 10, duration: 1 })
    events.read.publish({ tier: 'store', space: 'users', bytes: 20, duration: 8 })
    events.read.publish({ tier: 'memory', space: 'users', bytes: 30, duration: 4 })
    const read = summaryOf('read')
    expect(read?.count).toBe(3)
    expect(read?.series).toMatchObject([
      {
        labels: { tier: 'memory', space: 'users' },
        count: 2,
        sums: { bytes: 40 },
        durations: { duration: { count: 2, sum: 5, min: 1, max: 4, p50: 1, p99: 4 } },
      },
      { labels: { tier: 'store', space: 'users' }, count: 1, sums: { bytes: 20 }, durations: { duration: { sum: 8 } } },
    ])
  })

  it('hears events that are defined after it was made', () => {
    const summaryOf = aggregate()
    const { late } = defineEvents('test', { late: { description: 'It came late.' } })
    late.publish()
    expect(summaryOf('late')?.count).toBe(1)
  })

  it('counts nothing from before it was made, nothing after it was closed, and can still be read', () => {
    events.tick.publish()
    const aggregator = createAggregator({ now })
    events.tick.publish()
    aggregator.close()
    aggregator.close()
    events.tick.publish()
    expect(events.tick.hasSubscribers).toBe(false)
    expect(aggregator.snapshot().events).toMatchObject([{ name: 'empire:test:tick', count: 1 }])
    defineEvents('test', { 'after-close': { description: 'It came after.' } })['after-close'].publish()
    expect(aggregator.snapshot().events).toHaveLength(1)
  })

  it('keeps aggregators apart', () => {
    const first = aggregate()
    events.tick.publish()
    const second = aggregate()
    events.tick.publish()
    expect([first('tick')?.count, second('tick')?.count]).toEqual([2, 1])
  })

  it('gives plain data, sorted by name, that goes through JSON unchanged', () => {
    time = 0
    const aggregator = createAggregator({ now })
    open.push(aggregator)
    events.tick.publish()
    events.done.publish({ duration: 1e12, items: 1 })
    const snapshot = aggregator.snapshot()
    expect(snapshot).toMatchObject({ since: 1, at: 4 })
    expect(snapshot.events.map(({ name }) => name)).toEqual(['empire:test:done', 'empire:test:tick'])
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot)
  })

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses %s series', (maxSeries) => {
    expect(() => createAggregator({ maxSeries })).toThrow(
      new TypeError(`createAggregator: "maxSeries" must be a whole number from 1, got ${maxSeries}.`),
    )
  })
})

describe('the options of an aggregator', () => {
  it('refuses a clock that is no function', () => {
    expect(() => createAggregator({ now: 1000 as never })).toThrow(
      new TypeError('createAggregator: "now" must be a function, got number.'),
    )
  })
})

describe('what cannot be kept', () => {
  const read = { tier: 'memory', bytes: 1, duration: 1 } as const

  it('is counted together past the most series', () => {
    const summaryOf = aggregate({ maxSeries: 2 })
    for (const space of ['a', 'b', 'c', 'd', 'a']) events.read.publish({ ...read, space })
    const summary = summaryOf('read')
    expect(summary).toMatchObject({ count: 5, dropped: { labels: 2, values: 0 } })
    expect(summary?.series.map(({ overflow, labels, count, sums }) => [overflow, labels, count, sums])).toEqual([
      [false, { tier: 'memory', space: 'a' }, 2, { bytes: 2 }],
      [false, { tier: 'memory', space: 'b' }, 1, { bytes: 1 }],
      [true, {}, 2, { bytes: 2 }],
    ])
  })

  it.each([
    ['no text', 7],
    ['missing', undefined],
    ['longer than 256 characters', 'x'.repeat(257)],
  ])('is counted without a label that is %s', (_, space) => {
    const summaryOf = aggregate()
    events.read.publish({ ...read, space: space as string })
    expect(summaryOf('read')).toMatchObject({
      count: 1,
      dropped: { labels: 1, values: 0 },
      series: [{ overflow: true, labels: {}, count: 1, sums: { bytes: 1 } }],
    })
  })

  it.each([Number.NaN, Infinity, -1, '1', 1n, undefined])('is not added: %s', (value) => {
    const summaryOf = aggregate()
    events.done.publish({ duration: value as number, items: value as number })
    events.done.publish({ duration: 2, items: 3 })
    expect(summaryOf('done')).toMatchObject({
      count: 2,
      dropped: { labels: 0, values: 2 },
      series: [{ count: 2, sums: { items: 3 }, durations: { duration: { count: 1 } } }],
    })
  })

  it.each([
    ['null', null, { labels: 1, values: 0 }],
    ['a text', 'text', { labels: 1, values: 2 }],
    ['a label that throws', hostile('space'), { labels: 1, values: 0 }],
    ['a number that throws', hostile('bytes'), { labels: 0, values: 1 }],
    ['a time that throws', hostile('at'), { labels: 1, values: 0 }],
  ])('is counted, and does not disturb the publisher: %s', (_, message, dropped) => {
    const summaryOf = aggregate()
    channel('empire:test:read').publish(message)
    const summary = summaryOf('read')
    expect(summary).toMatchObject({ count: 1, dropped })
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
  })

  it('is stamped by the aggregator when a message has no time of its own', () => {
    const summaryOf = aggregate()
    channel('empire:test:tick').publish({})
    channel('empire:test:tick').publish({ at: Number.NaN })
    expect(summaryOf('tick')).toMatchObject({ count: 2, firstAt: 2, lastAt: 3 })
  })

  it('holds no secret in its labels, and counts those that differ by it together', () => {
    const summaryOf = aggregate()
    for (const tail of ['A', 'B', 'B']) {
      events.read.publish({ ...read, space: `sk-ant-api03-${'aB3dE5gH7jK9mN1pQ2sT'.repeat(4)}${tail}A` })
    }
    expect(summaryOf('read')).toMatchObject({ count: 3, series: [{ labels: { space: '[redacted]' }, count: 3 }] })
  })
})

describe('numbers at the edge', () => {
  it('stay finite, and go through JSON unchanged', () => {
    const summaryOf = aggregate()
    const tiny = 9e291
    for (const items of [Number.MAX_VALUE, tiny, tiny, tiny]) events.done.publish({ duration: -0, items })
    const summary = summaryOf('done')
    expect(summary?.series[0]?.sums['items']).toBe(Number.MAX_VALUE)
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
  })
})

describe('labels that cannot be written as they are', () => {
  it('are counted under what is written, once', () => {
    const summaryOf = aggregate()
    const read = { tier: 'memory', bytes: 1, duration: 1 } as const
    for (const space of ['a\u{d800}', 'a\u{d801}', 'a\u{fffd}']) events.read.publish({ ...read, space })
    expect(summaryOf('read')?.series).toMatchObject([{ labels: { space: 'a\u{fffd}' }, count: 3 }])
  })
})

describe('any events in any order', () => {
  const event = fc.record({
    tier: fc.constantFrom('memory', 'store'),
    space: fc.constantFrom('a', 'b', '__proto__', 'constructor', '', 'é', '\u{1f600}'),
    bytes: fc.nat(),
    duration: fc.double({ min: 0, max: 1e6, noNaN: true }),
  })

  it('have the counts and sums that they have when grouped by hand', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1 }), (list) => {
        const aggregator = createAggregator({ now })
        for (const one of list) events.read.publish(one as Parameters<typeof events.read.publish>[0])
        aggregator.close()
        const [summary] = aggregator.snapshot().events
        const groups = Map.groupBy(list, ({ tier, space }) => JSON.stringify({ tier, space }))
        expect(summary?.count).toBe(list.length)
        expect(
          summary?.series.map(({ labels, count, sums }) => [JSON.stringify(labels), count, sums['bytes']]),
        ).toEqual(
          [...groups].map(([labels, group]) => [
            labels,
            group.length,
            group.reduce((sum, { bytes }) => sum + bytes, 0),
          ]),
        )
      }),
    )
  })
})

function hostile(field: string): object {
  const message = { tier: 'memory', space: 'a', bytes: 1, duration: 1, at: 1 }
  return Object.defineProperty(message, field, {
    get: () => {
      throw new Error('hostile')
    },
  })
}
