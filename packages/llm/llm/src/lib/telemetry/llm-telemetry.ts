import { createTelemetry, type Telemetry } from '@empire/telemetry'

/** Spans and metrics of this package. */
export const llmTelemetry: Telemetry = createTelemetry('@empire/llm')
