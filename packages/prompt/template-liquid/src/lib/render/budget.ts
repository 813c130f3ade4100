import { limitFailure } from './liquid-failure.ts'

/** A step of a loop costs about as much as looking at this many characters. */
const stepCost = 100
const costBetweenChecks = 100_000

/** What one rendering may still spend. */
export class Budget {
  readonly #memoryLimit: number
  readonly #deadline: number
  #memory = 0
  #cost = 0

  /** @param renderLimit Milliseconds from now. @param memoryLimit Characters and elements. */
  constructor(renderLimit: number, memoryLimit: number) {
    this.#memoryLimit = memoryLimit
    this.#deadline = performance.now() + renderLimit
  }

  /** Charges for characters or elements. */
  use(amount: number): void {
    this.#memory += amount
    if (this.#memory > this.#memoryLimit) throw limitFailure('memoryLimit')
  }

  /** Counts one step of a loop that looks at so many characters. */
  step(characters = 0): void {
    this.work(stepCost + characters)
  }

  /** Counts work in characters looked at, and looks at the clock once in a while: that costs too. */
  work(characters: number): void {
    this.#cost += characters
    if (this.#cost < costBetweenChecks) return
    this.#cost = 0
    this.checkTime()
  }

  /** Fails when the rendering has taken too long. */
  checkTime(): void {
    if (performance.now() > this.#deadline) throw limitFailure('renderLimit')
  }
}
