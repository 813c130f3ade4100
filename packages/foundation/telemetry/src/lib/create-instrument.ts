import { diag, type Meter, metrics, type MeterProvider, type MetricOptions } from '@opentelemetry/api'

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

/** Gives the instrument of the provider that is set now. */
export function createInstrumentSource<Instrument>(
  { name, version }: Scope,
  create: (meter: Meter) => Instrument,
): () => Instrument {
  let provider: MeterProvider | undefined
  let instrument: Instrument | undefined
  return () => {
    const current = metrics.getMeterProvider()
    // The metrics API has no proxy: an instrument made before a provider is set stays a no-op for ever.
    if (instrument === undefined || current !== provider) {
      provider = current
      instrument = create(current.getMeter(name, version))
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
  diag.warn(`@empire/telemetry: ${caller} expects a finite number that is not negative, got ${value}; it was left out.`)
  return false
}
