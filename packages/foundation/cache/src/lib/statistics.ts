import { type Counter, createTelemetry } from '@empire/telemetry'
import { cacheEvents } from './cache-events.ts'

/** What a cache and its namespaces have done since they were made. */
export interface CacheStatistics {
  /** Reads answered from the memory of this process. */
  readonly memoryHits: number
  /** Reads answered from the store. */
  readonly storeHits: number
  /** Reads answered with a stale value, as they had allowed. */
  readonly staleHits: number
  /** Looks that found nothing. Callers who share one count once. */
  readonly misses: number
  /** Loads that were begun: fewer than misses, since `get` only looks. */
  readonly loads: number
  /** Loads that failed. */
  readonly loadFailures: number
  /** Loads whose value was not kept, since something it relies on was invalidated meanwhile. */
  readonly outdatedLoads: number
  /** Entries that memory gave up for want of room. */
  readonly evictions: number
  /** Calls of `invalidate`, `set` and `clear`, and those heard from other processes. */
  readonly invalidations: number
  /** Times that memory was emptied, since messages from other processes may have been missed. */
  readonly gaps: number
  /** Calls of the store that failed. */
  readonly storeFailures: number
  /** Messages that the bus did not take. */
  readonly busFailures: number
}

type Counts = { -readonly [Name in keyof CacheStatistics]: number }

interface Meter {
  readonly metric: string
  readonly attributes: Readonly<Record<string, string>>
}

const meters: Readonly<Record<keyof CacheStatistics, Meter>> = {
  memoryHits: { metric: 'hits', attributes: { tier: 'memory' } },
  storeHits: { metric: 'hits', attributes: { tier: 'store' } },
  staleHits: { metric: 'hits', attributes: { tier: 'stale' } },
  misses: { metric: 'misses', attributes: {} },
  loads: { metric: 'loads', attributes: {} },
  loadFailures: { metric: 'load_failures', attributes: {} },
  outdatedLoads: { metric: 'outdated_loads', attributes: {} },
  evictions: { metric: 'evictions', attributes: {} },
  invalidations: { metric: 'invalidations', attributes: {} },
  gaps: { metric: 'gaps', attributes: {} },
  storeFailures: { metric: 'failures', attributes: { of: 'store' } },
  busFailures: { metric: 'failures', attributes: { of: 'bus' } },
}

const names = Object.keys(meters) as readonly (keyof CacheStatistics)[]

/** A hit takes less time than a counter does: hits reach the counter in parcels, each time these bits are all 0. */
const parcel = 1023

/** Counts in memory, tells the meter provider what has come together, and who listens to events what happens. */
export class Statistics {
  readonly counts = Object.fromEntries(names.map((name) => [name, 0])) as Counts
  readonly #reported: Counts = { ...this.counts }
  readonly #counters: ReadonlyMap<string, Counter>
  readonly #namespace: string

  constructor(namespace: string) {
    const telemetry = createTelemetry('@empire/cache')
    const metrics = new Set(Object.values(meters).map(({ metric }) => metric))
    this.#counters = new Map([...metrics].map((metric) => [metric, telemetry.counter(`empire.cache.${metric}`)]))
    this.#namespace = namespace
  }

  hitMemory(): void {
    if ((++this.counts.memoryHits & parcel) === 0) this.report()
  }

  count(name: keyof CacheStatistics): void {
    this.counts[name]++
    this.#report(name)
  }

  reportLoad(outcome: 'loaded' | 'failed' | 'aborted', duration: number, error?: unknown): void {
    if (outcome === 'failed') this.count('loadFailures')
    const failure = outcome === 'loaded' ? {} : { error }
    cacheEvents.load.publish({ namespace: this.#namespace, outcome, duration, ...failure })
  }

  reportInvalidation(origin: 'here' | 'elsewhere', labels: number): void {
    this.count('invalidations')
    cacheEvents.invalidation.publish({ namespace: this.#namespace, origin, labels })
  }

  reportGap(): void {
    this.count('gaps')
    cacheEvents.gap.publish({ namespace: this.#namespace })
  }

  reportFailure(of: 'store' | 'bus', error: unknown): void {
    this.count(of === 'store' ? 'storeFailures' : 'busFailures')
    cacheEvents.failure.publish({ namespace: this.#namespace, of, error })
  }

  read(): CacheStatistics {
    this.report()
    return Object.freeze({ ...this.counts })
  }

  report(): void {
    for (const name of names) this.#report(name)
  }

  #report(name: keyof CacheStatistics): void {
    const growth = this.counts[name] - this.#reported[name]
    if (growth === 0) return
    this.#reported[name] = this.counts[name]
    const { metric, attributes } = meters[name]
    this.#counters.get(metric)?.add(growth, { ...attributes, namespace: this.#namespace })
  }
}
