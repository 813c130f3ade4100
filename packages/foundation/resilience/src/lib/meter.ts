/** At most `limit` in any span of `interval`. */
export interface Rate {
  /** A whole number from 1 up. */
  limit: number
  /** Milliseconds. */
  interval: number
}

/** What a server says about its own count. */
export interface RemainingRate {
  /** How much more it will accept. */
  remaining: number
  /** Milliseconds until it accepts more than that. */
  resetAfter: number
}

/** An amount that was taken from a meter. */
export interface Use {
  amount: number
  readonly at: number
  /** Whether an answer of the server has come since, so that its count includes this use. */
  seen: boolean
}

/** Sums up what was taken within the interval that ends now, and holds back what would exceed the limit. */
export class Meter {
  readonly #limit: number
  readonly #interval: number
  #uses: Use[] = []
  /** Uses before this index are older than the interval. */
  #start = 0
  #sum = 0
  /** Taken, but not in the server's count yet as far as is known. */
  #unseen = 0
  /** Below 0 if more is on its way than the server will accept. */
  #server: { remaining: number; until: number } | undefined

  constructor({ limit, interval }: Rate) {
    this.#limit = limit
    this.#interval = interval
  }

  get limit(): number {
    return this.#limit
  }

  /** Milliseconds until `amount` may be taken; when only later uses stand in its way, the time until the next look. */
  waitFor(amount: number, now: number): number {
    this.#forgetOld(now)
    if (amount === 0) return 0
    const forServer = this.#server !== undefined && this.#server.remaining < amount ? this.#server.until - now : 0
    const oldest = this.#uses[this.#start]
    const forLimit = oldest !== undefined && this.#sum + amount > this.#limit ? oldest.at + this.#interval - now : 0
    return Math.max(forServer, forLimit)
  }

  take(amount: number, now: number): Use {
    const use = { amount, at: now, seen: false }
    this.#unseen += amount
    if (this.#server !== undefined) this.#server.remaining -= amount
    this.#add(use)
    return use
  }

  /** Replaces the amount of a use by the actual one. What was taken in excess of it counts from `now`. */
  correct(use: Use, actual: number, now: number): void {
    if (!use.seen && this.#server !== undefined) this.#server.remaining += use.amount - actual
    this.see(use)
    this.#forgetOld(now)
    if (actual > use.amount) this.#add({ amount: actual - use.amount, at: now, seen: true })
    else {
      if (this.#counts(use, now)) this.#sum -= use.amount - actual
      use.amount = actual
    }
  }

  see(use: Use): void {
    if (use.seen) return
    use.seen = true
    this.#unseen -= use.amount
  }

  observe({ remaining, resetAfter }: RemainingRate, now: number): void {
    this.#server = { remaining: remaining - this.#unseen, until: now + resetAfter }
  }

  #add(use: Use): void {
    if (use.amount === 0 || this.#limit === Infinity) return
    this.#uses.push(use)
    this.#sum += use.amount
  }

  #counts(use: Use, now: number): boolean {
    return this.#limit !== Infinity && use.at + this.#interval > now
  }

  #forgetOld(now: number): void {
    if (this.#server !== undefined && this.#server.until <= now) this.#server = undefined
    for (let use = this.#uses[this.#start]; use !== undefined; use = this.#uses[this.#start]) {
      if (use.amount > 0 && this.#counts(use, now)) break
      this.#sum -= use.amount
      this.#start++
    }
    if (this.#start < 1024 || this.#start * 2 < this.#uses.length) return
    this.#uses = this.#uses.slice(this.#start)
    this.#start = 0
  }
}
