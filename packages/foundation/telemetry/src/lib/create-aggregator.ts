import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { AggregatorSnapshot } from './aggregator-snapshot.ts'
import { EventAggregate } from './event-aggregate.ts'
import { platformClock } from './event-channel.ts'
import type { EventDefinition } from './event-definition.ts'
import { processState } from './process-state.ts'

/** How much an aggregator keeps. */
export interface AggregatorOptions {
  /**
   * How many sets of labels are told apart for each event; what comes later is counted together, as overflow. Default: 1000.
   */
  readonly maxSeries?: number | undefined
  /** Milliseconds since the epoch. Default: the platform's clock, with fractions. */
  readonly now?: (() => number) | undefined
}

/** Counts, sums and latencies of every event of the process. */
export interface Aggregator {
  /** What has happened since the aggregator was made. */
  snapshot(): AggregatorSnapshot
  /** Hears no more events. What was heard can still be read. */
  close(): void
}

/**
 * Hears every event that is or will be declared by `defineEvents` in this process, and adds it up as it happens.
 *
 * Memory is bounded by the number of series, not by the number of events.
 */
export function createAggregator(options: AggregatorOptions = {}): Aggregator {
  const { maxSeries = 1000, now = platformClock } = options
  if (!Number.isSafeInteger(maxSeries) || maxSeries < 1) {
    throw new TypeError(
      `createAggregator: "maxSeries" must be a whole number from 1, got ${typeof maxSeries === 'number' ? maxSeries : typeof maxSeries}.`,
    )
  }
  if (typeof now !== 'function') throw new TypeError(`createAggregator: "now" must be a function, got ${typeof now}.`)
  const since = now()
  const aggregates = new Map<string, EventAggregate>()
  const leave: (() => void)[] = []
  const watch = (definition: EventDefinition): void => {
    const aggregate = new EventAggregate(definition, maxSeries)
    const hear = (message: unknown): void => aggregate.add(message as Record<string, unknown>, now)
    aggregates.set(definition.name, aggregate)
    subscribe(definition.name, hear)
    leave.push(() => unsubscribe(definition.name, hear))
  }
  for (const definition of processState.events.values()) watch(definition)
  processState.watchers.add(watch)
  function close(): void {
    processState.watchers.delete(watch)
    for (const end of leave.splice(0)) end()
  }

  return Object.freeze({
    snapshot(): AggregatorSnapshot {
      const events = [...aggregates]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, aggregate]) => aggregate.summarise() ?? [])
      return { since, at: now(), events }
    },
    close,
  })
}
