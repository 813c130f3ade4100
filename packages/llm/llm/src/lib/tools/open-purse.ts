import { reserveIn } from '../cost/create-budget.ts'
import { type Draw, drawOf, drawOn } from '../cost/draw-on.ts'
import type { CallOptions } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { ToolLimits } from './tool-limits.ts'

/** What a loop has reserved. */
export interface LoopPurse {
  /** The options for calls within it. */
  readonly call: CallOptions
  /** Throws a `TypeError` if a call has drawn nothing. */
  check(): void
  close(): void
}

/** Reserves what all steps together may cost. */
export function openPurse(cost: ToolLimits['cost'], call: CallOptions): LoopPurse {
  if (cost === undefined) return { call, check() {}, close() {} }
  const { budget, limit } = cost
  const outer = drawOf(budget, call)
  const from = outer?.reservation ?? budget
  const reservation = reserveIn(from, limit, { fixed: true })
  if (reservation === undefined) {
    throw new ModelError('over_budget', 'Less is left of the budget than the steps of the loop may cost.', {
      details: { needed: limit, remaining: from.remaining, limit: from.limit },
    })
  }
  if (outer !== undefined) outer.drawn = true
  const draw: Draw = { reservation, drawn: false, counted: new WeakSet(), outer }
  return {
    call: drawOn(budget, draw, call),
    check() {
      if (draw.drawn) return
      throw new TypeError('runTools: "limits.cost" needs a model that is withCost on the same budget.')
    },
    close: () => reservation.settle(),
  }
}
