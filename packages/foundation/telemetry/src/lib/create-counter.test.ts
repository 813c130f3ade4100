import { diag, type DiagLogger, metrics } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTelemetry } from './create-telemetry.ts'

function recordMetrics(): () => Promise<unknown[]> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })
  const provider = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(provider)
  return async () => {
    await provider.shutdown()
    return exporter
      .getMetrics()
      .flatMap((resource) => resource.scopeMetrics)
      .flatMap(({ scope, metrics: all }) =>
        all.map(({ descriptor: { name, unit, description }, dataPoints }) => ({
          scope: scope.name,
          name,
          unit,
          description,
          sums: dataPoints.map(({ attributes, value }) => ({ ...attributes, value })),
        })),
      )
  }
}

const silent: DiagLogger = { error() {}, warn() {}, info() {}, debug() {}, verbose() {} }

afterEach(() => {
  metrics.disable()
  diag.disable()
})

describe('counter', () => {
  const telemetry = createTelemetry('@empire/test')

  it('does nothing while no provider is set', () => {
    expect(telemetry.counter('empire.test.steps').add(1)).toBeUndefined()
  })

  it('sums by attributes, with unit and description', async () => {
    const read = recordMetrics()
    const counter = telemetry.counter('empire.test.steps', { unit: '{step}', description: 'Steps done.' })
    counter.add(1, { status: 'completed' })
    counter.add(2, { status: 'completed' })
    counter.add(1, { status: 'failed' })
    await expect(read()).resolves.toEqual([
      {
        scope: '@empire/test',
        name: 'empire.test.steps',
        unit: '{step}',
        description: 'Steps done.',
        sums: [
          { status: 'completed', value: 3 },
          { status: 'failed', value: 1 },
        ],
      },
    ])
  })

  it('reports to a provider that is set after the counter was made and used', async () => {
    const counter = telemetry.counter('empire.test.late')
    counter.add(1)
    const read = recordMetrics()
    counter.add(5)
    await expect(read()).resolves.toMatchObject([{ name: 'empire.test.late', sums: [{ value: 5 }] }])
  })

  it('follows the provider when one is removed and another is set', async () => {
    const counter = telemetry.counter('empire.test.moved')
    const readFirst = recordMetrics()
    counter.add(1)
    metrics.disable()
    counter.add(10)
    const readSecond = recordMetrics()
    counter.add(100)
    await expect(readFirst()).resolves.toMatchObject([{ sums: [{ value: 1 }] }])
    await expect(readSecond()).resolves.toMatchObject([{ sums: [{ value: 100 }] }])
  })

  it.each([Number.NaN, Infinity, -1])('leaves out %s, which would spoil the sum, and tells of it', async (value) => {
    const warn = vi.fn<DiagLogger['warn']>()
    diag.setLogger({ ...silent, warn })
    const read = recordMetrics()
    const counter = telemetry.counter('empire.test.odd')
    counter.add(value)
    counter.add(2)
    await expect(read()).resolves.toMatchObject([{ sums: [{ value: 2 }] }])
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      `@empire/telemetry: add expects a finite number that is not negative, got ${value}; it was left out.`,
    )
  })

  it.each(['1', undefined, 1n])('refuses %s, with a provider and without', (value) => {
    const { add } = telemetry.counter('empire.test.typed')
    const refusal = new TypeError(`add: "value" must be a number, got ${typeof value}.`)
    expect(() => add(value as never)).toThrow(refusal)
    recordMetrics()
    expect(() => add(value as never)).toThrow(refusal)
  })
})
