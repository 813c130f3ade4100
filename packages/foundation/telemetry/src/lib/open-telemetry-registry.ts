import type { DiagLogger, MeterProvider, TracerProvider } from '@opentelemetry/api'

/** What the application has set through `@opentelemetry/api`: each member is there from its setting to its `disable()`. */
export interface OpenTelemetryRegistry {
  readonly trace?: TracerProvider
  readonly metrics?: MeterProvider
  readonly diag?: DiagLogger
}

const key = Symbol.for('opentelemetry.js.api.1')
const holder = globalThis as { readonly [key]?: OpenTelemetryRegistry }
const empty: OpenTelemetryRegistry = {}

/**
 * Where all copies of the API, of every 1.x, keep what is set, for each other to find:
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/README.md#version-compatibility
 *
 * Read instead of `trace`, `metrics` and `diag` of the API, which would load 50 files also where no provider is ever set.
 * What is called of a provider is in every 1.x, so the minor version is not asked.
 */
export function openTelemetryRegistry(): OpenTelemetryRegistry {
  return holder[key] ?? empty
}
