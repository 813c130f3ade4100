import type { Context } from 'liquidjs'
import { checkTime } from './bounded-context.ts'

/** A step of a loop costs about as much as looking at this many characters. */
const stepCost = 100
const costBetweenChecks = 100_000

/** Looks at the clock once in a while: in a tight loop the clock itself would take most of the time. */
export class Stopwatch {
  readonly #context: Context
  #cost = 0

  constructor(context: Context) {
    this.#context = context
  }

  /** Counts one step of a loop that looks at these values. */
  step(...values: readonly unknown[]): void {
    this.#cost += stepCost
    for (const value of values) if (typeof value === 'string') this.#cost += value.length
    if (this.#cost < costBetweenChecks) return
    this.#cost = 0
    checkTime(this.#context)
  }
}
