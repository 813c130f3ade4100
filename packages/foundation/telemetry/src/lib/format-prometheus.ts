import type { AggregatorSnapshot, LatencySummary, SeriesSummary } from './aggregator-snapshot.ts'

interface Family {
  readonly name: string
  readonly type: 'counter' | 'histogram'
  readonly lines: string[]
}

type Labels = readonly (readonly [name: string, value: string])[]

/** Powers of two from 1 µs to 18 hours, in milliseconds: the same at every scrape, whatever has happened. */
const bounds = Array.from({ length: 37 }, (_, index) => 2 ** (index - 10))

/**
 * A snapshot in the text format of Prometheus, for the body of `/metrics`: a counter per event and sum, a histogram in
 * milliseconds per duration, and `empire_telemetry_dropped_total` for what could not be kept.
 */
export function formatPrometheus(snapshot: AggregatorSnapshot): string {
  const dropped: Family = { name: 'empire_telemetry_dropped_total', type: 'counter', lines: [] }
  const families = snapshot.events.flatMap((event) => {
    for (const reason of ['labels', 'values'] as const) {
      const labels = Object.entries({ event: event.name, reason })
      dropped.lines.push(line(dropped.name, labels, event.dropped[reason]))
    }
    return formatSeries(snakeCase(event.name), event.series)
  })
  return [...families, dropped]
    .flatMap(({ name, type, lines }) => (lines.length === 0 ? [] : [`# TYPE ${name} ${type}\n`, ...lines]))
    .join('')
}

function formatSeries(event: string, series: readonly SeriesSummary[]): Family[] {
  const families = new Map<string, Family>()
  const familyOf = (name: string, type: Family['type']): Family => {
    const family = families.get(name) ?? { name, type, lines: [] }
    families.set(name, family)
    return family
  }
  for (const { overflow, labels: named, count, sums, durations } of series) {
    const labels: Labels = overflow
      ? [['overflow', 'true']]
      : Object.entries(named).map(([name, value]) => [snakeCase(name), value])
    const counter = familyOf(`${event}_total`, 'counter')
    counter.lines.push(line(counter.name, labels, count))
    for (const [field, sum] of Object.entries(sums)) {
      // Not `…_bytes_total`: that is the count of an event `…-bytes`.
      const family = familyOf(`${event}_${snakeCase(field)}_sum_total`, 'counter')
      family.lines.push(line(family.name, labels, sum))
    }
    for (const [field, latency] of Object.entries(durations)) {
      const family = familyOf(`${event}_${snakeCase(field)}_milliseconds`, 'histogram')
      family.lines.push(...formatLatency(family.name, labels, latency))
    }
  }
  return [...families.values()]
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
