import type { Span } from '@opentelemetry/api'
import { type Counter, createCounter } from './create-counter.ts'
import { createHistogram, type Histogram, type HistogramOptions } from './create-histogram.ts'
import type { InstrumentOptions } from './create-instrument.ts'
import { createTracerSource } from './create-tracer-source.ts'
import { inertSpan } from './inert-span.ts'
import { recordSpan, type SpanOptions } from './record-span.ts'

/** Spans, counters and histograms of one package. Without a provider every method is a no-op that costs next to nothing. */
export interface Telemetry {
  /**
   * Runs `run` inside a new span, a child of the active one, and gives what `run` gives.
   *
   * The span is active for everything `run` calls and awaits. It ends when `run` returns or throws, or when the promise
   * it returns settles. What is thrown is recorded, sets the status and is thrown on untouched; an abort is only marked,
   * by the attribute `empire.aborted`.
   */
  withSpan<Result>(name: string, options: SpanOptions, run: (span: Span) => Result): Result
  /** A counter that reports to whatever meter provider is set at the time of each `add`. */
  counter(name: string, options?: InstrumentOptions): Counter
  /** A histogram that reports to whatever meter provider is set at the time of each `record`. */
  histogram(name: string, options?: HistogramOptions): Histogram
}

/**
 * Telemetry under an instrumentation scope, on the global OpenTelemetry providers.
 *
 * A provider may be set, replaced or removed at any time, also after this call.
 *
 * @param name The instrumentation scope, by custom the package: `@empire/pipeline`.
 * @param version The version of that package.
 */
export function createTelemetry(name: string, version?: string): Telemetry {
  expectName('createTelemetry', name)
  if (version !== undefined && typeof version !== 'string') {
    throw new TypeError(`createTelemetry: "version" must be a string, got ${typeof version}.`)
  }
  const activeTracer = createTracerSource(name, version)
  return Object.freeze({
    withSpan<Result>(spanName: string, options: SpanOptions, run: (span: Span) => Result): Result {
      if (typeof spanName !== 'string')
        throw new TypeError(`withSpan: "name" must be a string, got ${typeof spanName}.`)
      expectObject('"options"', options)
      if (options.attributes !== undefined) expectObject('"options.attributes"', options.attributes)
      if (typeof run !== 'function') throw new TypeError(`withSpan: "run" must be a function, got ${typeof run}.`)
      const tracer = activeTracer()
      return tracer === undefined ? run(inertSpan) : recordSpan(tracer, spanName, options, run)
    },
    counter(counterName: string, options: InstrumentOptions = {}): Counter {
      expectName('counter', counterName)
      return createCounter({ name, version }, counterName, options)
    },
    histogram(histogramName: string, options: HistogramOptions = {}): Histogram {
      expectName('histogram', histogramName)
      expectBoundaries(options.boundaries)
      return createHistogram({ name, version }, histogramName, options)
    },
  })
}

function expectName(caller: string, name: unknown): void {
  if (typeof name === 'string' && name !== '') return
  throw new TypeError(
    `${caller}: "name" must be a non-empty string, got ${name === '' ? 'an empty one' : typeof name}.`,
  )
}

function expectObject(what: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) return
  throw new TypeError(`withSpan: ${what} must be an object, got ${value === null ? 'null' : typeof value}.`)
}

function expectBoundaries(boundaries: unknown): void {
  if (boundaries === undefined || (Array.isArray(boundaries) && boundaries.every(isAbovePrevious))) return
  throw new TypeError('histogram: "boundaries" must be ascending finite numbers.')
}

function isAbovePrevious(bound: unknown, index: number, bounds: readonly unknown[]): boolean {
  const previous = index === 0 ? -Infinity : (bounds[index - 1] as number)
  return typeof bound === 'number' && Number.isFinite(bound) && bound > previous
}
