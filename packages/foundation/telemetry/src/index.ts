export { type Counter, type CounterOptions } from './lib/create-counter.ts'
export { createTelemetry, type Telemetry } from './lib/create-telemetry.ts'
export { type Cancellation, type SpanOptions } from './lib/record-span.ts'
