import { createRequire } from 'node:module'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'

interface OpenTelemetry {
  trace: { setGlobalTracerProvider(provider: TracerProvider): void; disable(): void }
  metrics: { setGlobalMeterProvider(provider: MeterProvider): void; disable(): void }
  context: { setGlobalContextManager(manager: AsyncLocalStorageContextManager): void; disable(): void }
}

// The API belongs to the telemetry package, so it is found from there.
const requireFromTelemetry = createRequire(createRequire(import.meta.url).resolve('@empire/telemetry'))
const { trace, metrics, context } = requireFromTelemetry('@opentelemetry/api') as OpenTelemetry

const spans = new InMemorySpanExporter()
const sums = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
let meterProvider: MeterProvider

beforeEach(() => {
  spans.reset()
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const reader = new PeriodicExportingMetricReader({ exporter: sums, exportIntervalMillis: 60_000 })
  meterProvider = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(meterProvider)
})

afterEach(() => {
  trace.disable()
  context.disable()
  metrics.disable()
})

describe('telemetry', () => {
  it('has a span for the run, and one for each step as its child', async () => {
    await definePipeline('rag')
      .step('ingest', { run: async () => 1 })
      .step('search', { needs: ['ingest'], run: () => 1 })
      .run()
    const [ingest, search, run] = spans.getFinishedSpans()
    const attributes = { 'empire.pipeline.name': 'rag' }
    expect(run).toMatchObject({ name: 'pipeline rag', attributes, status: { code: 0 } })
    expect(ingest).toMatchObject({
      name: 'step ingest',
      attributes: { ...attributes, 'empire.pipeline.step': 'ingest' },
    })
    expect(search).toMatchObject({
      name: 'step search',
      attributes: { ...attributes, 'empire.pipeline.step': 'search' },
    })
    for (const step of [ingest, search]) expect(step?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId)
  })

  it('tells failed from aborted', async () => {
    const pipeline = definePipeline('rag')
      .step('waits', {
        run: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      })
      .step('fails', { run: () => Promise.reject(new RangeError('too long')) })
    await expect(pipeline.run()).rejects.toThrow('too long')
    const [fails, waits, run] = spans.getFinishedSpans()
    expect(fails).toMatchObject({ name: 'step fails', attributes: { 'error.type': 'RangeError' }, status: { code: 2 } })
    expect(waits).toMatchObject({ name: 'step waits', attributes: { 'empire.aborted': true }, status: { code: 0 } })
    expect(run).toMatchObject({ attributes: { 'error.type': 'step_failed' }, status: { code: 2 } })
  })

  it('counts steps by pipeline, step and status', async () => {
    const pipeline = definePipeline('rag').step('ingest', { run: () => 1 })
    await pipeline.run()
    await pipeline.run()
    await meterProvider.shutdown()
    expect(
      sums.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics)),
    ).toMatchObject([
      {
        descriptor: { name: 'empire.pipeline.steps', unit: '{step}' },
        dataPoints: [
          {
            attributes: {
              'empire.pipeline.name': 'rag',
              'empire.pipeline.step': 'ingest',
              'empire.pipeline.status': 'completed',
            },
            value: 2,
          },
        ],
      },
    ])
  })
})
