import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Budget } from '../cost/budget.ts'

/** How far a loop goes. A step that has begun ends, but for one whose time is over. */
export interface ToolLimits {
  /** Answers of the model, from 1 upwards. Default: 20. */
  readonly steps?: number | undefined
  /** No step begins when so many tokens were used. Default: no limit. */
  readonly tokens?: number | undefined
  /** Milliseconds for all steps together. Default: no limit. */
  readonly time?: number | undefined
  /**
   * What all steps together may cost, reserved as one in the budget, in billionths of a US dollar. The model has to be
   * `withCost` on the same budget. Default: no limit.
   */
  readonly cost?: { readonly budget: Budget; readonly limit: number } | undefined
}

/** Throws a `TypeError` for limits that are none. */
export function checkLimits(limits: ToolLimits): void {
  expectKnownKeys('runTools: "limits"', limits, ['steps', 'tokens', 'time', 'cost'])
  for (const name of ['steps', 'tokens'] as const) {
    const limit = limits[name]
    if (limit === undefined || limit === Infinity || (Number.isSafeInteger(limit) && limit >= 1)) continue
    throw new TypeError(`runTools: expected "limits.${name}" to be a positive integer, got ${describeValue(limit)}.`)
  }
  const { time, cost } = limits
  if (cost !== undefined) expectKnownKeys('runTools: "limits.cost"', cost, ['budget', 'limit'])
  if (time !== undefined && !(typeof time === 'number' && time > 0)) {
    throw new TypeError(
      `runTools: expected "limits.time" to be a number of milliseconds above 0, got ${describeValue(time)}.`,
    )
  }
}
