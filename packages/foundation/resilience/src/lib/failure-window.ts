import type { Clock } from '@empire/clock'

interface Slot {
  calls: number
  failures: number
}

const slotCount = 10

/** Counts the calls that ended in the last `length` milliseconds, to a tenth of it. Constant time and memory. */
export class FailureWindow {
  readonly #clock: Clock
  readonly #slotLength: number
  readonly #slots: Slot[] = Array.from({ length: slotCount }, () => ({ calls: 0, failures: 0 }))
  #position: number
  #slot: Slot
  #slotEnd: number
  #calls = 0
  #failures = 0

  constructor(length: number, clock: Clock) {
    this.#clock = clock
    this.#slotLength = length / slotCount
    this.#position = Math.floor(clock.now() / this.#slotLength)
    this.#slot = this.#slotAt(this.#position)
    this.#slotEnd = (this.#position + 1) * this.#slotLength
  }

  get calls(): number {
    return this.#calls
  }

  get failures(): number {
    return this.#failures
  }

  record(failed: boolean): void {
    const now = this.#clock.now()
    if (now >= this.#slotEnd) this.#advance(Math.floor(now / this.#slotLength))
    this.#slot.calls++
    this.#calls++
    if (!failed) return
    this.#slot.failures++
    this.#failures++
  }

  #advance(position: number): void {
    for (let next = Math.max(this.#position + 1, position - slotCount + 1); next <= position; next++) {
      const slot = this.#slotAt(next)
      this.#calls -= slot.calls
      this.#failures -= slot.failures
      slot.calls = 0
      slot.failures = 0
    }
    this.#position = position
    this.#slot = this.#slotAt(position)
    this.#slotEnd = (position + 1) * this.#slotLength
  }

  #slotAt(position: number): Slot {
    const index = ((position % slotCount) + slotCount) % slotCount
    return this.#slots[index] as Slot
  }
}
