export type {
  AggregatorSnapshot,
  Drops,
  EventSummary,
  LatencySummary,
  SeriesSummary,
} from './lib/aggregator-snapshot.ts'
export { isContentRecorded, setContentRecording } from './lib/content-recording.ts'
export { type Aggregator, type AggregatorOptions, createAggregator } from './lib/create-aggregator.ts'
export type { Counter } from './lib/create-counter.ts'
export type { Histogram, HistogramOptions } from './lib/create-histogram.ts'
export type { InstrumentOptions } from './lib/create-instrument.ts'
export { createTelemetry, type Telemetry } from './lib/create-telemetry.ts'
export { type DefinedEvents, defineEvents, type DefineEventsOptions, listEvents } from './lib/define-events.ts'
export type { EventChannel } from './lib/event-channel.ts'
export type {
  EventDefinition,
  EventDescription,
  EventMessage,
  EventPayload,
  FieldKind,
  FieldValue,
} from './lib/event-definition.ts'
export { formatPrometheus } from './lib/format-prometheus.ts'
export { genAi, genAiMetrics, type GenAiOperation, type GenAiProvider, genAiRevision } from './lib/gen-ai.ts'
export { type Cancellation, type SpanOptions } from './lib/record-span.ts'
export { setContent } from './lib/set-content.ts'
