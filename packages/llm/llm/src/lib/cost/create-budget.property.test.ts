import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reservation } from './budget.ts'
import { createBudget, reserveIn } from './create-budget.ts'

const amounts = fc.nat({ max: 100 })
const action = fc.record({
  kind: fc.constantFrom('reserve', 'fixed', 'spend', 'cover', 'settle'),
  which: fc.nat(),
  amount: amounts,
})

describe('createBudget', () => {
  it('never holds and spends more than its limit, while calls spend no more than they reserved', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.array(action, { maxLength: 60 }), (limit, actions) => {
        const budget = createBudget({ limit })
        const open: Reservation[] = []
        const broken: string[] = []
        let spent = 0
        for (const { kind, which, amount } of actions) {
          const at = open.length === 0 ? undefined : open[which % (open.length + 1)]
          if (kind === 'reserve' || kind === 'fixed') {
            const parent = at ?? budget
            const reservation = reserveIn(parent, amount, { fixed: kind === 'fixed' })
            if (reservation !== undefined) open.push(reservation)
            else if (amount <= parent.remaining) broken.push('refused what is there')
          } else if (at === undefined) continue
          else if (kind === 'spend') {
            const cost = Math.min(amount, at.remaining)
            at.spend(cost)
            spent += cost
          } else if (kind === 'cover') {
            if (at.cover(amount) && at.remaining < amount) broken.push('covered less')
          } else {
            // Also while a part of it is held.
            at.settle()
            at.settle()
            open.splice(open.indexOf(at), 1)
          }
          for (const one of [budget, ...open]) {
            if (one.spent + one.reserved + one.remaining !== one.limit) broken.push('holds more than its limit')
          }
        }
        expect(broken).toEqual([])
        for (const reservation of open) reservation.settle()
        expect([budget.spent, budget.reserved]).toEqual([spent, 0])
      }),
      { numRuns: 1000 },
    )
  })

  it('counts what a call did cost, also beyond what it reserved', () => {
    const budget = createBudget({ limit: 10 })
    const reservation = budget.reserve(4)
    reservation?.spend(12)
    reservation?.settle()
    reservation?.spend(1)
    expect([budget.spent, budget.reserved, budget.remaining]).toEqual([12, 0, 0])
    expect(budget.reserve(1)).toBeUndefined()
  })

  it.each([-1, 0.5, Number.NaN, Infinity, '1', undefined])('refuses %s as a limit', (limit) => {
    expect(() => createBudget({ limit: limit as never })).toThrow(TypeError)
  })

  it('refuses a budget that is none', () => {
    expect(() => reserveIn({} as never, 1)).toThrow(
      new TypeError('"budget" must be made by createBudget(), got an object.'),
    )
    expect(() => createBudget({ limit: 0.5 })).toThrow(
      new TypeError('Expected "limit" to be billionths of a US dollar, an integer from 0 upwards, got a number (0.5).'),
    )
  })
})
