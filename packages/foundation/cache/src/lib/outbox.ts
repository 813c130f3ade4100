import type { Clock } from '@empire/clock'
import { type Label, rootLabel } from './label.ts'

export interface OutboxOptions {
  /** Ends labels in the store. Without one there is nothing to end. */
  readonly end: ((labels: ReadonlySet<Label>) => Promise<void>) | undefined
  /** Tells the other processes. Without it there are none. */
  readonly announce: ((labels: readonly Label[], isPending: boolean) => Promise<void>) | undefined
  readonly clock: Clock
  /** Milliseconds between attempts while the store or the bus is down. */
  readonly rest: number
}

/** Labels kept apart before all of them become one that ends everything. */
const mostLabels = 10_000

/**
 * Invalidations of this process on their way: first to the store, then to the other processes.
 *
 * What cannot be delivered waits, is tried again, and is delivered before the store is read again.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #stop = new AbortController()
  #toEnd = new Set<Label>()
  #beingEnded: ReadonlySet<Label> = new Set()
  readonly #toAnnounce = new Set<Label>()
  #ending: Promise<void> | undefined
  #announcing: Promise<void> | undefined
  #retrying: Promise<void> | undefined
  /** A bus that failed is left alone for a while, as the store is. */
  #restUntil = -Infinity
  #lastError: unknown

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Ends labels in the store and tells the others. Rejects with the first failure; what failed is tried again. */
  async send(labels: readonly Label[]): Promise<void> {
    if (this.#options.announce !== undefined) add(this.#toAnnounce, labels)
    if (this.#options.end !== undefined) {
      add(this.#toEnd, labels)
      // Whoever is told that everything has ended must find it so.
      if (this.#toAnnounce.has(rootLabel)) this.#toEnd.add(rootLabel)
    }
    try {
      // Again if others have invalidated the same meanwhile, since it is told only when the store has it all.
      do await this.#deliver()
      while (labels.some((label) => covers(this.#toAnnounce, label)))
    } catch (error) {
      this.#retrying ??= this.#retry()
      // The others must not trust the store meanwhile. If they cannot be told either, they are with the next attempt.
      if (this.#toEnd.size > 0) await this.#tell(labels, true).catch(() => {})
      throw error
    }
  }

  /** Takes over what another process could not end in the store. */
  adopt(labels: readonly Label[]): void {
    if (this.#options.end === undefined) return
    add(this.#toEnd, labels)
    this.#retrying ??= this.#retry()
  }

  /** Resolves when the store knows of every invalidation that this process knows of: then it may be read. */
  settle(): Promise<void> | undefined {
    return this.#toEnd.size > 0 || this.#ending !== undefined ? this.#endAll() : undefined
  }

  /** Tries once more. What is not delivered then is lost. */
  async close(): Promise<void> {
    this.#stop.abort()
    await this.#retrying
    // It has been reported, and nobody waits for it any more.
    await this.#deliver().catch(() => {})
  }

  async #deliver(): Promise<void> {
    await this.#endAll()
    await this.#announceAll()
  }

  /** One call after another, each with all that has come up meanwhile. */
  async #endAll(): Promise<void> {
    while (this.#ending !== undefined) await this.#ending
    if (this.#toEnd.size === 0) return
    const labels = this.#toEnd
    this.#toEnd = new Set()
    this.#beingEnded = labels
    this.#ending = this.#options.end?.(labels)
    try {
      await this.#ending
    } catch (error) {
      // The few that have come up meanwhile to the many that wait, since this happens at each call of an outage.
      const later = this.#toEnd
      this.#toEnd = labels
      add(this.#toEnd, later)
      throw error
    } finally {
      this.#ending = undefined
      this.#beingEnded = new Set()
    }
  }

  async #announceAll(): Promise<void> {
    while (this.#announcing !== undefined) await this.#announcing
    if (this.#options.clock.now() < this.#restUntil) throw this.#lastError
    // The others would trust the store then.
    const labels = [...this.#toAnnounce].filter(
      (label) => !covers(this.#toEnd, label) && !covers(this.#beingEnded, label),
    )
    if (labels.length === 0) return
    for (const label of labels) this.#toAnnounce.delete(label)
    this.#announcing = this.#tell(labels, false)
    try {
      await this.#announcing
    } catch (error) {
      add(this.#toAnnounce, labels)
      this.#restUntil = this.#options.clock.now() + this.#options.rest
      this.#lastError = error
      throw error
    } finally {
      this.#announcing = undefined
    }
  }

  async #tell(labels: readonly Label[], isPending: boolean): Promise<void> {
    if (labels.length > 0) await this.#options.announce?.(labels, isPending)
  }

  async #retry(): Promise<void> {
    const { clock, rest } = this.#options
    const { signal } = this.#stop
    try {
      while (this.#toEnd.size > 0 || this.#toAnnounce.size > 0) {
        await clock.sleep(rest, { signal })
        // A failure has been counted, and is what the next round is for.
        await this.#deliver().catch(() => {})
      }
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      this.#retrying = undefined
    }
  }
}

/** Many become one that ends everything. */
function add(set: Set<Label>, labels: Iterable<Label>): void {
  for (const label of labels) set.add(label)
  if (set.size <= mostLabels) return
  set.clear()
  set.add(rootLabel)
}

/** Whether a label is among others, or ended by one of them. */
function covers(set: ReadonlySet<Label>, label: Label): boolean {
  return set.has(label) || set.has(rootLabel)
}
