import type { RestartBudget } from './restart-budget-error.ts'

/** Pauses before children are started again. */
export interface Backoff {
  /** Before the first restart of a child, in milliseconds. Doubled for each further one within the time of the budget. Default: 100. */
  readonly initial?: number | undefined
  /** The longest pause, in milliseconds. Default: 5,000. */
  readonly most?: number | undefined
}

/** The recent restarts of a supervisor: whether one more is within the budget, and after which pause. */
export class RestartHistory {
  readonly #budget: RestartBudget
  readonly #backoff: Required<{ [Key in keyof Backoff]: number }>
  #recent: { readonly child: string; readonly time: number }[] = []

  constructor(budget: RestartBudget, { initial = 100, most = 5_000 }: Backoff) {
    this.#budget = budget
    this.#backoff = { initial, most }
  }

  /** The pause before the next restart in milliseconds; undefined when there must be none. */
  add(child: string, now: number): number | undefined {
    this.#recent = this.#recent.filter(({ time }) => now - time < this.#budget.within)
    if (this.#recent.length >= this.#budget.limit) return undefined
    const times = this.#recent.filter((restart) => restart.child === child).length
    this.#recent.push({ child, time: now })
    return Math.min(this.#backoff.most, this.#backoff.initial * 2 ** Math.min(times, 30))
  }
}
