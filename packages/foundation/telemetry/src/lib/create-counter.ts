import { type Attributes, metrics, type MeterProvider } from '@opentelemetry/api'

/** What a counter counts, for whoever reads the metric. */
export interface CounterOptions {
  /** A UCUM unit: `{step}`, `{token}`, `By`, `ms`. */
  readonly unit?: string | undefined
  /** One sentence. */
  readonly description?: string | undefined
}

/** A sum that only grows. */
export interface Counter {
  /**
   * Adds `value`, which must not be negative. Each distinct set of attributes is its own sum, so keep their values few:
   * names and states, not ids.
   */
  add(value: number, attributes?: Attributes): void
}

interface Scope {
  readonly name: string
  readonly version: string | undefined
}

export function createCounter(scope: Scope, name: string, options: CounterOptions): Counter {
  const { unit, description } = options
  const metricOptions = { ...(unit !== undefined && { unit }), ...(description !== undefined && { description }) }
  let provider: MeterProvider | undefined
  let counter: Counter | undefined
  return Object.freeze({
    add(value: number, attributes?: Attributes): void {
      const current = metrics.getMeterProvider()
      // The metrics API has no proxy: an instrument made before a provider is set stays a no-op for ever.
      if (counter === undefined || current !== provider) {
        provider = current
        counter = current.getMeter(scope.name, scope.version).createCounter(name, metricOptions)
      }
      counter.add(value, attributes)
    },
  })
}
