import { subscribe } from 'node:diagnostics_channel'
import { DiagLogLevel, diag, metrics, trace } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { listEvents } from '@empire/telemetry'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { busAndCacheWriters } from './planted-secret/bus-and-cache-writers.ts'
import { configWriters } from './planted-secret/config-writers.ts'
import { contextWriters } from './planted-secret/context-writers.ts'
import { printedForms } from './planted-secret/printed-forms.ts'
import { recordWriters } from './planted-secret/record-writers.ts'
import { resilienceAndLifecycleWriters } from './planted-secret/resilience-and-lifecycle-writers.ts'
import { secretForms } from './planted-secret/secret-forms.ts'
import { telemetryWriters } from './planted-secret/telemetry-writers.ts'
import { errorsAndTestSupportWriters } from './planted-secret/test-support-writers.ts'
import { key, password } from './planted-secret/writer.ts'

const spans = new InMemorySpanExporter()
const sums = new InMemoryMetricExporter(AggregationTemporality.DELTA)
const reader = new PeriodicExportingMetricReader({ exporter: sums, exportIntervalMillis: 2 ** 30 })
const heard: unknown[] = []

const tell = (...words: unknown[]) => void heard.push(words)

beforeAll(() => {
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }))
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
  diag.setLogger({ error: tell, warn: tell, info: tell, debug: tell, verbose: tell }, DiagLogLevel.WARN)
  for (const { name } of listEvents()) subscribe(name, (message) => void heard.push(message))
})

/** What goes out of the process besides: printed, warned of, logged. */
beforeEach(() => {
  heard.length = 0
  spans.reset()
  sums.reset()
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      heard.push(String(text))
      return true
    })
  }
  vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void heard.push(warning))
})

afterEach(() => vi.restoreAllMocks())

/** In which outputs the secret stands, and in which form. */
function findLeaks(outputs: readonly unknown[], secret: string): string[] {
  return outputs.flatMap((output, index) => {
    const text = printedForms(output)
    // The first name of forms that are the same.
    const forms = new Map(Object.entries(secretForms(secret)).map(([name, form]) => [form, name]))
    return [...forms]
      .filter(([form]) => text.includes(form))
      .map(([form, name]) => `${name} in output ${index}: ${excerpt(text, form)}`)
  })
}

function excerpt(text: string, form: string): string {
  const at = text.indexOf(form)
  return text.slice(Math.max(0, at - 60), at + 20)
}

describe('a planted secret', () => {
  it.each([
    ...errorsAndTestSupportWriters,
    ...configWriters,
    ...busAndCacheWriters,
    ...telemetryWriters,
    ...resilienceAndLifecycleWriters,
    ...recordWriters,
    ...contextWriters,
  ])('is not written by $name', async ({ secret, write }) => {
    const outputs = await write(secret)
    await reader.forceFlush()
    vi.restoreAllMocks()
    expect(outputs.length).toBeGreaterThan(0)
    const finished = spans
      .getFinishedSpans()
      .map(({ name, attributes, status, events }) => ({ name, attributes, status, events }))
    const everything = [...outputs, ...heard, ...finished, ...sums.getMetrics().map(({ scopeMetrics }) => scopeMetrics)]
    expect(findLeaks(everything, secret)).toEqual([])
  })

  it.each([key, password])('would be found in any form: %j', (secret) => {
    const { base64url } = { base64url: Buffer.from(secret).toString('base64url') }
    const outputs = [
      secret,
      { nested: [{ deep: { deeper: { deepest: { value: secret } } } }] },
      new Error(secret),
      new Error('a', { cause: new Error(secret) }),
      Buffer.from(`\u0000${secret}`),
      JSON.stringify({ secret }),
      `https://host/?x=${encodeURIComponent(secret)}`,
      Buffer.from(`a${secret}`).toString('base64'),
      Buffer.from(`ab${secret}`).toString('base64'),
      base64url,
      new Map([[secret, 1]]),
      Object.create({}, { secret: { get: () => secret, enumerable: true } }),
    ]
    for (const output of outputs) expect(findLeaks([output], secret)).not.toEqual([])
    expect(findLeaks(['[redacted]', secret.slice(1)], secret)).toEqual([])
  })

  it('is looked for in what comes out of the telemetry of an application', async () => {
    trace
      .getTracer('other')
      .startSpan('a span', { attributes: { text: key } })
      .end()
    metrics.getMeter('other').createCounter('a counter').add(1, { text: key })
    await reader.forceFlush()
    expect(
      findLeaks(
        spans.getFinishedSpans().map(({ attributes }) => attributes),
        key,
      ),
    ).not.toEqual([])
    expect(
      findLeaks(
        sums.getMetrics().map(({ scopeMetrics }) => scopeMetrics),
        key,
      ),
    ).not.toEqual([])
  })
})
