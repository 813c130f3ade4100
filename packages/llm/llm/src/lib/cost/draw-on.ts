import type { CallOptions } from '../language-model.ts'
import type { Usage } from '../usage.ts'
import type { Budget, Reservation } from './budget.ts'

/** What the layers of one call know of a budget. */
export interface Draw {
  readonly reservation: Reservation
  /** Whether a layer further in has reserved for itself, and so counts its own costs. */
  drawn: boolean
  /** What was counted within the reservation. */
  readonly counted: WeakSet<Usage>
  readonly outer: Draw | undefined
}

const keys = new WeakMap<Budget, symbol>()

function keyOf(budget: Budget): symbol {
  let key = keys.get(budget)
  if (key === undefined) {
    key = Symbol('budget')
    keys.set(budget, key)
  }
  return key
}

/** The reservation on a budget that a call is made within, if there is one. */
export function drawOf(budget: Budget, { scope }: CallOptions): Draw | undefined {
  return scope?.get(keyOf(budget)) as Draw | undefined
}

/** The options for calls within a reservation on a budget. */
export function drawOn<Options extends CallOptions>(budget: Budget, draw: Draw, call: Options): Options {
  return { ...call, scope: new Map(call.scope).set(keyOf(budget), draw) }
}

/** Counts a usage once in the reservation and all that it is within. `false` if it was counted before. */
export function countOnce(draw: Draw, usage: Usage): boolean {
  if (draw.counted.has(usage)) return false
  for (let at: Draw | undefined = draw; at !== undefined; at = at.outer) at.counted.add(usage)
  return true
}
