import type { Clock } from '@empire/clock'
import { expectJson } from './expect-json.ts'
import type { Flight } from './flight.ts'
import type { Statistics } from './statistics.ts'

/** Gives the value of a key. */
export type Load = (context: { readonly signal: AbortSignal }) => unknown

export interface RunLoadOptions {
  readonly clock: Clock
  readonly statistics: Statistics
  /** Whether the value is written to a store, so that it must be JSON data. */
  readonly isShared: boolean
}

/** Runs a load and reports how it ended. */
export async function runLoad(
  load: Load,
  flight: Flight,
  { clock, statistics, isShared }: RunLoadOptions,
): Promise<unknown> {
  const { signal } = flight
  const start = clock.now()
  statistics.count('loads')
  try {
    const value = await flight.enter(() => load({ signal }))
    if (isShared && value !== undefined) expectJson(value)
    statistics.reportLoad('loaded', clock.now() - start)
    return value
  } catch (error) {
    statistics.reportLoad(signal.aborted ? 'aborted' : 'failed', clock.now() - start, error)
    throw error
  }
}
