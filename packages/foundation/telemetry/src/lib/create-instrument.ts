import type { Meter, MeterProvider, MetricOptions } from '@opentelemetry/api'
import { openTelemetryRegistry } from './open-telemetry-registry.ts'

/** What an instrument measures, for whoever reads the metric. */
export interface InstrumentOptions {
  /** A UCUM unit: `{step}`, `{token}`, `By`, `ms`. */
  readonly unit?: string | undefined
  /** One sentence. */
  readonly description?: string | undefined
}

export interface Scope {
  readonly name: string
  readonly version: string | undefined
}

/** Gives the instrument of the provider that is set now, or `undefined` while there is none. */
export function createInstrumentSource<Instrument>(
  { name, version }: Scope,
  create: (meter: Meter) => Instrument,
): () => Instrument | undefined {
  let provider: MeterProvider | undefined
  let instrument: Instrument | undefined
  return () => {
    const current = openTelemetryRegistry().metrics
    // The metrics API has no proxy: an instrument stays with the provider that made it.
    if (current !== provider) {
      instrument = current && create(current.getMeter(name, version))
      provider = current
    }
    return instrument
  }
}

export function metricOptions({ unit, description }: InstrumentOptions): MetricOptions {
  return { ...(unit !== undefined && { unit }), ...(description !== undefined && { description }) }
}

/**
 * Whether a value can be added up: one that is not finite would spoil the sum for ever, and a negative one is none of a
 * counter or a histogram. The application hears of it through the diagnostics of OpenTelemetry.
 *
 * @throws {TypeError} for what is no number.
 */
export function isRecordable(caller: string, value: number): boolean {
  if (typeof value !== 'number') throw new TypeError(`${caller}: "value" must be a number, got ${typeof value}.`)
  if (value >= 0 && value < Infinity) return true
  openTelemetryRegistry().diag?.warn(
    `@empire/telemetry: ${caller} expects a finite number that is not negative, got ${value}; it was left out.`,
  )
  return false
}
