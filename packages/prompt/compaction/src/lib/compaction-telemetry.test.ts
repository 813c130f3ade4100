import { createRequire } from 'node:module'
import { createContext } from '@empire/context'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { expect, it, onTestFinished } from 'vitest'
import { compact } from './compact.ts'
import { keepRecent } from './keep-recent.ts'

// The API belongs to the telemetry package, so it is found from there.
const requireFromTelemetry = createRequire(createRequire(import.meta.url).resolve('@empire/telemetry'))
const { metrics } = requireFromTelemetry('@opentelemetry/api') as {
  metrics: { setGlobalMeterProvider(provider: MeterProvider): void; disable(): void }
}

it('counts compactions by strategy and outcome, and the tokens that they take away', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })],
  })
  metrics.setGlobalMeterProvider(provider)
  onTestFinished(() => metrics.disable())

  const tokenCounter = { name: 'letters', exact: true, count: (text: string) => text.length }
  const context = createContext({ tokenCounter }).user('a').user('b').user('c')
  await compact(context, keepRecent({ messages: 1, step: 1 }))
  await compact(context, keepRecent({ messages: 2, step: 1 }))
  await compact(context, keepRecent({ messages: 9 }))
  await expect(compact(context, keepRecent({ tokens: 1 }))).rejects.toThrow('cannot fit')

  await provider.forceFlush()
  const points = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap((scope) =>
        scope.metrics.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => [descriptor.name, attributes['outcome'], value]),
        ),
      ),
    )
  expect(points).toEqual([
    ['empire.compaction.runs', 'changed', 2],
    ['empire.compaction.runs', 'unchanged', 1],
    ['empire.compaction.runs', 'refused', 1],
    ['empire.compaction.removed_tokens', undefined, 15],
  ])
})
