import { describeValue } from '@empire/errors'
import type { Budget, Reservation } from './budget.ts'

/** Options of `createBudget`. */
export interface BudgetOptions {
  /** What may be spent, in billionths of a US dollar: an integer from 0 upwards. 1 dollar is 1_000_000_000. */
  readonly limit: number
}

/** A budget that any number of models, calls and loops share. */
export function createBudget({ limit }: BudgetOptions): Budget {
  return new Purse(checkAmount('limit', limit), undefined, true)
}

/** A reservation that grows with what its calls need, as far as the budget goes; a `fixed` one does not. */
export function reserveIn(budget: Budget, amount: number, { fixed = false } = {}): Reservation | undefined {
  if (!(budget instanceof Purse)) {
    throw new TypeError(`"budget" must be made by createBudget(), got ${describeValue(budget)}.`)
  }
  return budget.part(checkAmount('amount', amount), fixed)
}

/** A budget, or an amount that was taken out of one. */
class Purse implements Reservation {
  #limit: number
  #spent = 0
  #reserved = 0
  /** `closing`: settled, but a part of it is still held. */
  #state: 'open' | 'closing' | 'closed' = 'open'
  readonly #parent: Purse | undefined
  readonly #fixed: boolean

  constructor(limit: number, parent: Purse | undefined, fixed: boolean) {
    this.#limit = limit
    this.#parent = parent
    this.#fixed = fixed
  }

  get limit(): number {
    return this.#limit
  }

  get spent(): number {
    return this.#spent
  }

  get reserved(): number {
    return this.#reserved
  }

  get remaining(): number {
    return Math.max(0, this.#limit - this.#spent - this.#reserved)
  }

  reserve(amount: number): Reservation | undefined {
    return reserveIn(this, amount)
  }

  part(amount: number, fixed: boolean): Reservation | undefined {
    return this.#take(amount) ? new Purse(amount, this, fixed) : undefined
  }

  cover(amount: number): boolean {
    const missing = checkAmount('amount', amount) - (this.#limit - this.#spent - this.#reserved)
    if (this.#state === 'closed') return false
    if (missing <= 0) return true
    const parent = this.#parent
    if (this.#fixed || parent === undefined || !parent.#take(missing)) return false
    this.#limit += missing
    return true
  }

  spend(cost: number): void {
    if (this.#state === 'open') this.#spent += checkAmount('cost', cost)
  }

  settle(): void {
    if (this.#state !== 'open' || this.#parent === undefined) return
    this.#state = 'closing'
    this.#giveBack(this.#parent)
  }

  #take(amount: number): boolean {
    if (!this.cover(amount)) return false
    this.#reserved += amount
    return true
  }

  /** Gives back what is not needed any more: all but what was spent, once no part is held. */
  #giveBack(parent: Purse): void {
    if (this.#reserved > 0) {
      const kept = Math.min(this.#limit, this.#spent + this.#reserved)
      parent.#reserved -= this.#limit - kept
      this.#limit = kept
      return
    }
    this.#state = 'closed'
    parent.#reserved -= this.#limit
    parent.#spent += this.#spent
    if (parent.#state === 'closing' && parent.#parent !== undefined) parent.#giveBack(parent.#parent)
  }
}

function checkAmount(name: string, amount: number): number {
  if (Number.isSafeInteger(amount) && amount >= 0) return amount
  throw new TypeError(
    `Expected "${name}" to be billionths of a US dollar, an integer from 0 upwards, got ${describeValue(amount)}.`,
  )
}
