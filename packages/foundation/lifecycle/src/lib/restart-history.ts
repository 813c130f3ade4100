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
  /** In order, the forgotten ones first. Empty where nothing is ever forgotten and nothing limited. */
  readonly #restarts: { readonly child: string; readonly time: number }[] = []
  #forgotten = 0
  /** How many are not forgotten, by child. */
  readonly #times = new Map<string, number>()

  constructor(budget: RestartBudget, { initial = 100, most = 5_000 }: Backoff) {
    this.#budget = budget
    this.#backoff = { initial, most }
  }

  /** The pause before the next restart in milliseconds; undefined when there must be none. */
  add(child: string, now: number): number | undefined {
    const { limit, within } = this.#budget
    this.#forgetUntil(now - within)
    if (this.#restarts.length - this.#forgotten >= limit) return undefined
    const times = this.#times.get(child) ?? 0
    this.#times.set(child, times + 1)
    if (limit !== Infinity || within !== Infinity) this.#restarts.push({ child, time: now })
    return Math.min(this.#backoff.most, this.#backoff.initial * 2 ** Math.min(times, 30))
  }

  #forgetUntil(time: number): void {
    for (let oldest = this.#restarts[this.#forgotten]; oldest !== undefined && oldest.time <= time;) {
      this.#times.set(oldest.child, (this.#times.get(oldest.child) ?? 0) - 1)
      oldest = this.#restarts[++this.#forgotten]
    }
    // Half of the list at least, so that each is moved once on average.
    if (this.#forgotten * 2 > this.#restarts.length) this.#restarts.splice(0, this.#forgotten)
    else return
    this.#forgotten = 0
  }
}
