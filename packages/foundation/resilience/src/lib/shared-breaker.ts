import type { Breaker } from './breaker.ts'
import type { BreakerOptions, BreakerSettings } from './breaker-settings.ts'
import type { Clock } from '@empire/clock'

interface Shared {
  readonly breaker: Breaker
  readonly settings: BreakerSettings
}

/** By clock: what happens in the time of one test is no matter of another's. */
const breakers = new WeakMap<Clock, Map<string, Shared>>()

/** The breaker of that name, made by `create` if there is none yet. */
export function sharedBreaker(
  name: string,
  options: BreakerOptions,
  settings: BreakerSettings,
  create: (settings: BreakerSettings) => Breaker,
): Breaker {
  let named = breakers.get(settings.clock)
  if (named === undefined) breakers.set(settings.clock, (named = new Map()))
  const existing = named.get(name)
  if (existing !== undefined) {
    expectSameOptions(name, options, existing.settings)
    return existing.breaker
  }
  const breaker = create(settings)
  named.set(name, { breaker, settings })
  return breaker
}

function expectSameOptions(name: string, options: BreakerOptions, existing: BreakerSettings): void {
  for (const option of ['failureRate', 'minimumCalls', 'window', 'resetAfter'] as const) {
    const stated = options[option]
    if (stated !== undefined && stated !== existing[option])
      throw new TypeError(
        `createBreaker: "${option}" must be ${existing[option]}, as the breaker "${name}" has it already, got ${stated}.`,
      )
  }
  if (options.isFailure !== undefined && options.isFailure !== existing.isFailure)
    throw new TypeError(
      `createBreaker: "isFailure" must be the same function as the breaker "${name}" has already, got another. Define it once.`,
    )
}
