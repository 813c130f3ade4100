import type { Attributes } from '@opentelemetry/api'
import {
  createInstrumentSource,
  type InstrumentOptions,
  isRecordable,
  metricOptions,
  type Scope,
} from './create-instrument.ts'
import { redactAttributes } from './redact-attributes.ts'

/** What a histogram measures, and in which buckets. */
export interface HistogramOptions extends InstrumentOptions {
  /** The upper bounds of the buckets, ascending: advice that a view of the application may overrule. Default: the provider's. */
  readonly boundaries?: readonly number[] | undefined
}

/** How values are distributed: latencies, sizes, tokens. */
export interface Histogram {
  /** Records one value; one that is negative or not finite is left out, as by a counter. Keep the values of attributes few, as for a counter. */
  record(value: number, attributes?: Attributes): void
}

export function createHistogram(scope: Scope, name: string, options: HistogramOptions): Histogram {
  const { boundaries } = options
  const advice = boundaries && { advice: { explicitBucketBoundaries: [...boundaries] } }
  const histogram = createInstrumentSource(scope, (meter) =>
    meter.createHistogram(name, { ...metricOptions(options), ...advice }),
  )
  return Object.freeze({
    record(value: number, attributes?: Attributes): void {
      if (isRecordable('record', value)) histogram()?.record(value, redactAttributes(attributes))
    },
  })
}
