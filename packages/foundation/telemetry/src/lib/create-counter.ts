import type { Attributes } from '@opentelemetry/api'
import {
  createInstrumentSource,
  type InstrumentOptions,
  isRecordable,
  metricOptions,
  type Scope,
} from './create-instrument.ts'
import { redactAttributes } from './redact-attributes.ts'

/** A sum that only grows. */
export interface Counter {
  /**
   * Adds `value`. One that is negative or not finite is left out, and OpenTelemetry's `diag` is told. Each distinct set of attributes is its own sum, so keep their values few:
   * names and states, not ids.
   */
  add(value: number, attributes?: Attributes): void
}

export function createCounter(scope: Scope, name: string, options: InstrumentOptions): Counter {
  const counter = createInstrumentSource(scope, (meter) => meter.createCounter(name, metricOptions(options)))
  return Object.freeze({
    add(value: number, attributes?: Attributes): void {
      if (isRecordable('add', value)) counter()?.add(value, redactAttributes(attributes))
    },
  })
}
