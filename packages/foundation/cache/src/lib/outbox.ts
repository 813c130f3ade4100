import type { Clock } from '@empire/clock'
import { type Label, rootLabel } from './label.ts'
import { createTurns } from './turns.ts'

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
 * What cannot be delivered waits, is tried again, and is delivered before the store is read again. The labels of one
 * invalidation are told together: a process that has heard a part of them would give what the others have ended.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #stop = new AbortController()
  #toEnd = new Set<Label>()
  /** Those of them that are to be told when the store has ended them. */
  #toEndAndAnnounce = new Set<Label>()
  #toAnnounce = new Set<Label>()
  readonly #ends = createTurns(() => this.#end())
  readonly #announcements = createTurns(() => this.#announce())
  #retrying: Promise<void> | undefined
  /** A bus that failed is left alone for a while, as the store is. */
  #restUntil = -Infinity
  #lastError: unknown

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Ends labels in the store and tells the others. Rejects with the first failure; what failed is tried again. */
  async send(labels: readonly Label[]): Promise<void> {
    const { end, announce } = this.#options
    if (end !== undefined) add(this.#toEnd, labels)
    if (announce !== undefined) add(end === undefined ? this.#toAnnounce : this.#toEndAndAnnounce, labels)
    try {
      await this.#deliver()
    } catch (error) {
      this.#retrying ??= this.#retry()
      // The others must not trust the store meanwhile. If they cannot be told either, they are with the next attempt.
      if (this.#hasToEnd) await this.#tell(labels, true).catch(() => {})
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
    return this.#toEnd.size > 0 ? this.#ends.next() : this.#ends.current
  }

  /** Tries once more. What is not delivered then is lost. */
  async close(): Promise<void> {
    this.#stop.abort()
    await this.#retrying
    // It has been reported, and nobody waits for it any more.
    await this.#deliver().catch(() => {})
  }

  get #hasToEnd(): boolean {
    return this.#toEnd.size > 0 || this.#ends.current !== undefined
  }

  get #hasToAnnounce(): boolean {
    return this.#toAnnounce.size > 0 || this.#announcements.current !== undefined
  }

  async #deliver(): Promise<void> {
    await this.settle()
    await (this.#toAnnounce.size > 0 ? this.#announcements.next() : this.#announcements.current)
  }

  /** All that has come up in one call. */
  async #end(): Promise<void> {
    const labels = this.#toEnd
    const own = this.#toEndAndAnnounce
    this.#toEnd = new Set()
    this.#toEndAndAnnounce = new Set()
    try {
      await this.#options.end?.(labels)
      add(this.#toAnnounce, own)
    } catch (error) {
      this.#toEnd = join(labels, this.#toEnd)
      this.#toEndAndAnnounce = join(own, this.#toEndAndAnnounce)
      throw error
    }
  }

  async #announce(): Promise<void> {
    const { clock, rest } = this.#options
    if (clock.now() < this.#restUntil) throw this.#lastError
    const labels = this.#toAnnounce
    this.#toAnnounce = new Set()
    try {
      await this.#tell([...labels], false)
    } catch (error) {
      this.#toAnnounce = join(labels, this.#toAnnounce)
      this.#restUntil = clock.now() + rest
      this.#lastError = error
      throw error
    }
  }

  async #tell(labels: readonly Label[], isPending: boolean): Promise<void> {
    if (labels.length > 0) await this.#options.announce?.(labels, isPending)
  }

  async #retry(): Promise<void> {
    const { clock, rest } = this.#options
    const { signal } = this.#stop
    try {
      while (this.#hasToEnd || this.#hasToAnnounce) {
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

/** The few that have come up meanwhile to the many that wait, since this happens at each call of an outage. */
function join(waiting: Set<Label>, later: ReadonlySet<Label>): Set<Label> {
  add(waiting, later)
  return waiting
}
