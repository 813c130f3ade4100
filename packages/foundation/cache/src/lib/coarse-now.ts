import { type Clock, wallClock } from '@empire/clock'

/** Reads that one answer of the system is used for: reads that follow each other without a pause see the time go on. */
const mostReads = 64

/**
 * The time of `clock`, for reads of memory. To ask the system for the time takes longer than to find an entry, so its
 * answer is used for a millisecond, as lru-cache does, but not more than a few times.
 */
export function coarseNow(clock: Clock): () => number {
  if (clock !== wallClock) return () => clock.now()
  let current = 0
  let left = 0
  let isForgetting = false
  const forget = (): void => {
    left = 0
    isForgetting = false
  }
  return () => {
    if (left-- > 0) return current
    left = mostReads
    current = Date.now()
    if (!isForgetting) {
      isForgetting = true
      setTimeout(forget, 1).unref()
    }
    return current
  }
}
