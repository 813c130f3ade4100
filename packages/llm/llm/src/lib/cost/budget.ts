/** Money that calls draw on. Amounts are integers, in billionths of a US dollar. */
export interface Budget {
  /** What may be spent in all. */
  readonly limit: number
  /** What was spent. */
  readonly spent: number
  /** What calls hold that have not ended. */
  readonly reserved: number
  /** What is neither spent nor held. */
  readonly remaining: number
  /** Takes an amount out at once, or gives `undefined` if less than that remains. Whoever takes one must settle it. */
  reserve(amount: number): Reservation | undefined
}

/** An amount that was taken out of a budget, and a budget of its own for the calls within it. */
export interface Reservation extends Budget {
  /** Counts what a call did cost, also where that is more than was reserved. */
  spend(cost: number): void
  /** Whether `amount` remains; takes what is missing out of the budget if it is there. */
  cover(amount: number): boolean
  /**
   * Gives back what was not spent, and what calls within it still hold when they have ended. What comes after that has no
   * effect.
   */
  settle(): void
}
