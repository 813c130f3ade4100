import type { Clock } from '@empire/clock'
import { createLimiter, type Limiter } from '@empire/resilience'

interface Shared {
  readonly limiter: Limiter
  readonly limit: number
}

/** By clock: what happens in the time of one test is no matter of another's. */
const limiters = new WeakMap<Clock, Map<string, Shared>>()

/**
 * The limiter of a resource, the same for all pipelines of the process.
 *
 * @param limit What the step says of it. The first one makes it.
 * @throws {TypeError} When nobody has said its limit, or another limit.
 */
export function sharedLimiter(resource: string, limit: number | undefined, clock: Clock): Limiter {
  let named = limiters.get(clock)
  if (named === undefined) limiters.set(clock, (named = new Map()))
  const existing = named.get(resource)
  if (existing !== undefined) {
    if (limit === undefined || limit === existing.limit) return existing.limiter
    throw new TypeError(
      `The resource ${JSON.stringify(resource)} has the limit ${existing.limit} already, got ${limit}. Say it once.`,
    )
  }
  if (limit === undefined) {
    throw new TypeError(
      `The resource ${JSON.stringify(resource)} has no limit yet. Say it in one step: { resource: ${JSON.stringify(resource)}, limit: 2 }.`,
    )
  }
  const limiter = createLimiter({ concurrency: limit, clock })
  named.set(resource, { limiter, limit })
  return limiter
}
