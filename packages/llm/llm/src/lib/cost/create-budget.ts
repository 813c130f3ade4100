import { describeValue } from '@empire/errors'
import type { Budget, Reservation } from './budget.ts'

/** Options of `createBudget`. */
export interface BudgetOptions {
  /** What may be spent, in billionths of a US dollar: an integer from 0 upwards. 1 dollar is 1_000_000_000. */
  readonly limit: number
}

/** A budget that any number of models, calls and loops share. */
export function createBudget({ limit }: BudgetOptions): Budget {
  return createPurse(checkAmount('limit', limit))
}

/** What a purse takes from the one that it is part of. */
interface Parent {
  /** Takes an amount out, from its own parent if need be. */
  take(amount: number): boolean
  give(reserved: number, spent: number): void
}

const parents = new WeakMap<Budget, Parent>()

/** A part of a reservation takes more from it, and never more from the budget, if it is `fixed`. */
function createPurse(amount: number, parent?: Parent, fixed = false): Reservation {
  let limit = amount
  let spent = 0
  let reserved = 0
  let open = true

  function cover(needed: number): boolean {
    const missing = needed - (limit - spent - reserved)
    if (missing <= 0) return true
    if (!open || fixed || parent?.take(missing) !== true) return false
    limit += missing
    return true
  }

  const purse: Reservation = Object.freeze({
    get limit() {
      return limit
    },
    get spent() {
      return spent
    },
    get reserved() {
      return reserved
    },
    get remaining() {
      return Math.max(0, limit - spent - reserved)
    },
    reserve(part: number) {
      return reserveIn(purse, part)
    },
    cover: (needed: number) => cover(checkAmount('amount', needed)),
    spend(cost: number) {
      if (open) spent += checkAmount('cost', cost)
    },
    settle() {
      if (!open) return
      open = false
      parent?.give(limit, spent)
    },
  })
  parents.set(purse, {
    take(part) {
      if (!cover(part)) return false
      reserved += part
      return true
    },
    give(held, cost) {
      reserved -= held
      spent += cost
    },
  })
  return purse
}

/** A reservation that grows with what its calls need, as far as the budget goes; a `fixed` one does not. */
export function reserveIn(budget: Budget, amount: number, { fixed = false } = {}): Reservation | undefined {
  const parent = parents.get(budget)
  if (parent === undefined) {
    throw new TypeError(`"budget" must be made by createBudget(), got ${describeValue(budget)}.`)
  }
  return parent.take(checkAmount('amount', amount)) ? createPurse(amount, parent, fixed) : undefined
}

function checkAmount(name: string, amount: number): number {
  if (Number.isSafeInteger(amount) && amount >= 0) return amount
  throw new TypeError(
    `Expected "${name}" to be billionths of a US dollar, an integer from 0 upwards, got ${describeValue(amount)}.`,
  )
}
