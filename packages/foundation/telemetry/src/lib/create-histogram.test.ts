import { metrics } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { afterEach, describe, expect, it } from 'vitest'
import { createTelemetry } from './create-telemetry.ts'
import { genAi, genAiMetrics } from './gen-ai.ts'

function recordMetrics(): () => Promise<unknown[]> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
  const provider = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(provider)
  return async () => {
    await provider.shutdown()
    const scopes = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
    return scopes.flatMap((scope) => scope.metrics)
  }
}

afterEach(() => metrics.disable())

describe('histogram', () => {
  const telemetry = createTelemetry('@empire/test')

  it('does nothing while no provider is set', () => {
    expect(telemetry.histogram('empire.test.time').record(1)).toBeUndefined()
  })

  it('reports to a provider that is set later, in the buckets that it advises', async () => {
    const histogram = telemetry.histogram('empire.test.time', { unit: 'ms', description: 'Time.', boundaries: [1, 10] })
    histogram.record(1000)
    const read = recordMetrics()
    for (const value of [0.5, 5, 50]) histogram.record(value, { status: 'completed' })
    await expect(read()).resolves.toMatchObject([
      {
        descriptor: { name: 'empire.test.time', unit: 'ms', description: 'Time.' },
        dataPoints: [
          {
            attributes: { status: 'completed' },
            value: { count: 3, sum: 55.5, min: 0.5, max: 50, buckets: { boundaries: [1, 10], counts: [1, 1, 1] } },
          },
        ],
      },
    ])
  })

  it('takes a metric of the GenAI conventions as it is', async () => {
    const { tokenUsage } = genAiMetrics
    const read = recordMetrics()
    telemetry.histogram(tokenUsage.name, tokenUsage).record(300, { [genAi.tokenType]: 'input' })
    await expect(read()).resolves.toMatchObject([
      {
        descriptor: { name: 'gen_ai.client.token.usage', unit: '{token}' },
        dataPoints: [
          { attributes: { 'gen_ai.token.type': 'input' }, value: { buckets: { boundaries: tokenUsage.boundaries } } },
        ],
      },
    ])
  })

  it('reports no secret in its attributes', async () => {
    const histogram = telemetry.histogram('empire.test.secret')
    const attributes = Object.freeze({ password: 'hunter2', urls: ['https://me:hunter2@host/'], status: 'completed' })
    const read = recordMetrics()
    histogram.record(1, attributes)
    histogram.record(1, attributes)
    const reported = await read()
    expect(JSON.stringify(reported)).not.toContain('hunter2')
    expect(reported).toMatchObject([
      { dataPoints: [{ attributes: { password: '[redacted]', status: 'completed' }, value: { count: 2 } }] },
    ])
  })

  it('leaves out what would spoil the sum, and refuses what is no number', async () => {
    const histogram = telemetry.histogram('empire.test.odd')
    const read = recordMetrics()
    for (const value of [Number.NaN, Infinity, -1, 2]) histogram.record(value)
    expect(() => histogram.record('3' as never)).toThrow(new TypeError('record: "value" must be a number, got string.'))
    expect(await read()).toMatchObject([{ dataPoints: [{ value: { count: 1, sum: 2 } }] }])
  })

  it('refuses no name', () => {
    expect(() => telemetry.histogram('')).toThrow(
      new TypeError('histogram: "name" must be a non-empty string, got an empty one.'),
    )
  })

  it.each([[[1, 1]], [[2, 1]], [[Number.NaN]], [[1, Infinity]], [['1']], ['1']])(
    'refuses boundaries %j',
    (boundaries) => {
      expect(() => telemetry.histogram('empire.test.time', { boundaries: boundaries as number[] })).toThrow(
        new TypeError('histogram: "boundaries" must be ascending finite numbers.'),
      )
    },
  )
})
