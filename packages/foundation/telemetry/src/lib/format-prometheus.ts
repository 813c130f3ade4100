import type { AggregatorSnapshot, EventSummary, LatencySummary } from './aggregator-snapshot.ts'

interface Sample {
  readonly family: string
  readonly type: 'counter' | 'histogram'
  /** The event that it is of. */
  readonly event: string
  readonly write: (shared: Labels) => Iterable<string>
}

type Labels = readonly (readonly [name: string, value: string])[]

/** Powers of two from 1 µs to 18 hours, in milliseconds: the same at every scrape, whatever has happened. */
const bounds = Array.from({ length: 37 }, (_, index) => 2 ** (index - 10))

/** What the labels of this format itself are called: a field of that name has an underscore behind it. */
const ownLabels = new Set(['event', 'le', 'overflow'])
const droppedFamily = 'empire_telemetry_dropped_total'

/**
 * A snapshot in the text format of Prometheus, for the body of `/metrics`: a counter per event and sum, a histogram in
 * milliseconds per duration, and `empire_telemetry_dropped_total` for what could not be kept.
 *
 * Events whose names come to the same metric (`empire:a-b:c` and `empire:a:b-c`) are told apart by a label `event`.
 */
export function formatPrometheus(snapshot: AggregatorSnapshot): string {
  const samples = [...snapshot.events.flatMap(listSamples), ...snapshot.events.flatMap(listDrops)]
  const families = Map.groupBy(samples, ({ family }) => family)
  return [...families].flatMap(([family, its]) => formatFamily(family, its)).join('')
}

function formatFamily(family: string, samples: readonly Sample[]): string[] {
  const isShared = family === droppedFamily || samples.some(({ event }) => event !== samples[0]?.event)
  return [
    `# TYPE ${family} ${samples[0]?.type}\n`,
    ...samples.flatMap(({ event, write }) => [...write(isShared ? [['event', event]] : [])]),
  ]
}

function listSamples({ name, series }: EventSummary): Sample[] {
  const prefix = snakeCase(name)
  return series.flatMap(({ overflow, labels: named, count, sums, durations }) => {
    const labels: Labels = overflow
      ? [['overflow', 'true']]
      : Object.entries(named).map(([field, value]) => [ownLabels.has(field) ? `${field}_` : snakeCase(field), value])
    return [
      countOf(`${prefix}_total`, name, labels, count),
      // Not `…_bytes_total`: that is the count of an event `…-bytes`.
      ...Object.entries(sums).map(([field, sum]) =>
        countOf(`${prefix}_${snakeCase(field)}_sum_total`, name, labels, sum),
      ),
      ...Object.entries(durations).map(([field, latency]): Sample => {
        const family = `${prefix}_${snakeCase(field)}_milliseconds`
        const write = (shared: Labels): Iterable<string> => formatLatency(family, [...shared, ...labels], latency)
        return { family, type: 'histogram', event: name, write }
      }),
    ]
  })
}

function listDrops({ name, dropped }: EventSummary): Sample[] {
  return (['labels', 'values'] as const).map((reason) =>
    countOf(droppedFamily, name, [['reason', reason]], dropped[reason]),
  )
}

function countOf(family: string, event: string, labels: Labels, value: number): Sample {
  return { family, type: 'counter', event, write: (shared) => [line(family, [...shared, ...labels], value)] }
}

function* formatLatency(name: string, labels: Labels, { count, sum, buckets }: LatencySummary): Generator<string> {
  let below = 0
  let next = 0
  for (const bound of bounds) {
    for (let bucket = buckets[next]; bucket !== undefined && bucket.upTo <= bound; bucket = buckets[++next]) {
      below += bucket.count
    }
    yield line(`${name}_bucket`, [...labels, ['le', String(bound)]], below)
  }
  yield line(`${name}_bucket`, [...labels, ['le', '+Inf']], count)
  yield line(`${name}_sum`, labels, sum)
  yield line(`${name}_count`, labels, count)
}

function line(name: string, labels: Labels, value: number): string {
  const written = labels.map(([label, text]) => `${label}="${escape(text)}"`).join(',')
  return `${name}${written === '' ? '' : `{${written}}`} ${value}\n`
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').toWellFormed()
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll(/[^a-z0-9_]/g, '_')
}
