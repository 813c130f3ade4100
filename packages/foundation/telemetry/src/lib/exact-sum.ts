/**
 * A sum that does not lose what is small beside it. Integers are exact up to 2^53.
 *
 * A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974).
 */
export class ExactSum {
  #sum = 0
  #lost = 0

  get value(): number {
    // What was lost can round the largest number up to infinity.
    return Math.min(this.#sum + this.#lost, Number.MAX_VALUE)
  }

  /** Adds a number that is not negative. `false`, and nothing is added, for anything else and past the largest number. */
  add(value: unknown): boolean {
    if (typeof value !== 'number' || !(value >= 0)) return false
    const sum = this.#sum + value
    if (sum === Infinity) return false
    this.#lost += this.#sum >= value ? this.#sum - sum + value : value - sum + this.#sum
    this.#sum = sum
    return true
  }
}
