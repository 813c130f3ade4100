import { channel } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { createAggregator, createTelemetry, defineEvents } from '@empire/telemetry'
import { measure, type MeasureOptions } from '@empire/test-support/measure'
import { type Attributes, metrics, trace } from '@opentelemetry/api'
import { recordTelemetry } from './record-telemetry.ts'
import type { Table } from './table.ts'

export const description =
  'What an event costs: unheard, heard, and added up by our aggregator, beside bare channels and OpenTelemetry.'

const perCall = 1000
const outcomes = ['hit', 'miss'] as const
const spaces = ['users', 'files', 'models', 'prompts']

const fields = { outcome: outcomes, space: 'label', bytes: 'sum', duration: 'duration' } as const
const events = defineEvents('benchmarks', {
  unheard: { description: 'Nobody listens, and there is nothing to say.' },
  'unheard-fields': { description: 'Nobody listens to two labels, a sum and a duration.', fields },
  heard: { description: 'One subscriber.', fields },
  tick: { description: 'Aggregated without fields.' },
  timed: { description: 'Aggregated with a duration.', fields: { duration: 'duration' } },
  read: { description: 'Aggregated with two labels, a sum and a duration.', fields },
})

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const options = { samples: quick ? 3 : 31, sampleTime: quick ? 5 : 40 }
  return [await unheard(options), await heard(options), await added(options)]
}

function payload(index: number): { outcome: 'hit' | 'miss'; space: string; bytes: number; duration: number } {
  return {
    outcome: outcomes[index & 1] ?? 'hit',
    space: spaces[index & 3] ?? '',
    bytes: index,
    duration: (index & 255) * 0.1,
  }
}

function attributes(index: number): Attributes {
  return { outcome: outcomes[index & 1] ?? 'hit', space: spaces[index & 3] ?? '' }
}

type Candidates = Record<string, (index: number) => void>

async function unheard(options: MeasureOptions): Promise<Table> {
  const bare = channel('benchmarks:unheard')
  return tabulate('Nobody listens', options, {
    'bare channel, with fields': (index) => bare.hasSubscribers && bare.publish(payload(index)),
    '@empire/telemetry': () => events.unheard.publish(),
    '@empire/telemetry, with fields': (index) => events['unheard-fields'].publish(payload(index)),
  })
}

async function heard(options: MeasureOptions): Promise<Table> {
  let sum = 0
  const bare = channel('benchmarks:heard')
  bare.subscribe((message) => {
    sum += (message as { bytes: number }).bytes
  })
  events.heard.subscribe(({ bytes }) => {
    sum += bytes
  })
  return tabulate('One subscriber', options, {
    'bare channel, no time': (index) => bare.publish(payload(index)),
    'bare channel, with the time': (index) => bare.publish({ ...payload(index), at: performance.now() }),
    '@empire/telemetry': (index) => events.heard.publish(payload(index)),
    'the clock alone': () => (sum += performance.now()),
  })
}

async function added(options: MeasureOptions): Promise<Table> {
  const aggregator = createAggregator()
  setMeterProvider()
  recordTelemetry()
  const meter = metrics.getMeter('benchmarks')
  const counter = meter.createCounter('benchmarks.counter')
  const histogram = meter.createHistogram('benchmarks.histogram')
  const tracer = trace.getTracer('benchmarks')
  const ours = createTelemetry('benchmarks').counter('benchmarks.ours')
  const table = await tabulate('Added up', options, {
    'aggregator, no fields': () => events.tick.publish(),
    'aggregator, a duration': (index) => events.timed.publish({ duration: (index & 255) * 0.1 }),
    'aggregator, two labels, a sum, a duration': (index) => events.read.publish(payload(index)),
    'OpenTelemetry counter, no attributes': () => counter.add(1),
    'OpenTelemetry counter, two attributes': (index) => counter.add(1, attributes(index)),
    'OpenTelemetry histogram, two attributes': (index) => histogram.record((index & 255) * 0.1, attributes(index)),
    '@empire/telemetry counter, two attributes': (index) => ours.add(1, attributes(index)),
    'OpenTelemetry span, thrown away': () => tracer.startSpan('work').end(),
  })
  const { events: summaries } = aggregator.snapshot()
  aggregator.close()
  const dropped = summaries.reduce((total, event) => total + event.dropped.labels + event.dropped.values, 0)
  const count = summaries.reduce((total, event) => total + event.count, 0)
  return {
    ...table,
    notes: [`The aggregator heard ${count.toLocaleString('en-US')} events and dropped ${dropped} values.`],
  }
}

async function tabulate(title: string, options: MeasureOptions, candidates: Candidates): Promise<Table> {
  const measured = await measure(
    Object.fromEntries(Object.entries(candidates).map(([name, publish]) => [name, repeat(publish)])),
    options,
  )
  return {
    title: `${title}, ns per event`,
    columns: ['', 'median', 'best', 'million a second'],
    rows: measured.map(({ name, median, fastest }) => {
      const [usual, best] = [median, fastest].map((milliseconds) => (milliseconds * 1e6) / perCall)
      return [name, usual ?? 0, best ?? 0, 1000 / (usual ?? 0)]
    }),
  }
}

/** A loop of its own for each candidate, so that none pays for what the compiler has learnt from another. */
function repeat(publish: (index: number) => void): () => void {
  const loop = new Function('publish', `for (let index = 0; index < ${perCall}; index++) publish(index)`)
  return () => loop(publish)
}

/** Only the telemetry package may depend on the SDK, so it is found from there. */
function setMeterProvider(): void {
  const fromTelemetry = createRequire(createRequire(import.meta.url).resolve('@empire/telemetry'))
  const sdk = fromTelemetry('@opentelemetry/sdk-metrics') as Record<string, new (options?: object) => object>
  const { MeterProvider, MetricReader } = sdk
  if (!MeterProvider || !MetricReader) throw new Error('The OpenTelemetry SDK has other exports than expected.')
  class ManualReader extends MetricReader {
    onForceFlush(): void {}
    onShutdown(): void {}
  }
  const provider = new MeterProvider({ readers: [new ManualReader()] })
  metrics.setGlobalMeterProvider(provider as Parameters<typeof metrics.setGlobalMeterProvider>[0])
}
