import type { Clock } from '@empire/clock'
import type { Statistics } from './statistics.ts'

/** Gives the value of a key. */
export type Load = (context: { readonly signal: AbortSignal }) => unknown

/** Runs a load and reports how it ended. */
export async function runLoad(load: Load, signal: AbortSignal, clock: Clock, statistics: Statistics): Promise<unknown> {
  const start = clock.now()
  statistics.count('loads')
  try {
    const value = await load({ signal })
    statistics.reportLoad('loaded', clock.now() - start)
    return value
  } catch (error) {
    statistics.reportLoad(signal.aborted ? 'aborted' : 'failed', clock.now() - start, error)
    throw error
  }
}
