import { type Clock, wallClock } from '@empire/clock'

/**
 * The time of `clock`, for reads of memory. To ask the system for the time takes longer than to find an entry, so its
 * answer is used for a millisecond, as lru-cache does.
 */
export function coarseNow(clock: Clock): () => number {
  if (clock !== wallClock) return () => clock.now()
  let current = 0
  const forget = (): void => {
    current = 0
  }
  return () => {
    if (current !== 0) return current
    current = Date.now()
    setTimeout(forget, 1).unref()
    return current
  }
}
