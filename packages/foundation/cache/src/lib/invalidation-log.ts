import type { Label } from './label.ts'
import type { Watch } from './watch.ts'

/** Labels remembered before the older half of them is forgotten, and takes whatever began before for ended. */
const mostLabels = 2 ** 16

/** Tells work that takes a while whether something that it relies on was invalidated since it began. */
export class InvalidationLog {
  #sequence = 0
  #floor = 0
  /** By the time of the change, the latest last. */
  readonly #changed = new Map<Label, number>()

  /** The present moment, for a later `changedSince`. */
  begin(): number {
    return this.#sequence
  }

  /** What relies on one of `labels` and began before this moment is outdated. */
  end(labels: Iterable<Label>): void {
    this.#sequence++
    for (const label of labels) this.#note(label, this.#sequence)
  }

  endAll(): void {
    this.#changed.clear()
    this.#floor = ++this.#sequence
  }

  /** The moment at which an entry arrives, for a later `depart`. */
  arrive(): number {
    return ++this.#sequence
  }

  /**
   * An entry is gone that had arrived at `arrival`: what began before that may have used it, and can no longer take over
   * what the entry depended on.
   */
  depart(label: Label, arrival: number): void {
    this.#note(label, Math.max(arrival, this.#changed.get(label) ?? 0))
  }

  isOutdated({ beginning, closure }: Watch): boolean {
    return this.changedSince(beginning, closure.labels)
  }

  changedSince(beginning: number, labels: Iterable<Label>): boolean {
    if (beginning < this.#floor) return true
    for (const label of labels) {
      const moment = this.#changed.get(label)
      if (moment !== undefined && moment > beginning) return true
    }
    return false
  }

  #note(label: Label, moment: number): void {
    this.#changed.delete(label)
    this.#changed.set(label, moment)
    if (this.#changed.size > mostLabels) this.#forgetOlderHalf()
  }

  #forgetOlderHalf(): void {
    let left = mostLabels / 2
    for (const [label, moment] of this.#changed) {
      if (left-- === 0) return
      this.#changed.delete(label)
      this.#floor = Math.max(this.#floor, moment)
    }
  }
}
