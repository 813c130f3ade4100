import { PriorityQueue } from 'p-queue'

/** What stands for a waiter in p-queue's queue, which holds functions. Never called. */
type Ticket = () => Promise<unknown>

interface Place<Waiter> {
  readonly waiter: Waiter
  /** Of all places the greatest is served first. No two are equal. */
  readonly rank: number
}

export const greatestPriority = 1000

/** More waiters than a line will see; times the greatest priority still an exact number. */
const turns = 2 ** 40

/**
 * Waiters by priority, those of one priority in order of arrival.
 *
 * p-queue's queue sorts them. Added to it: a look at the first that does not take it out, and leaving from anywhere at
 * amortised constant cost.
 */
export class WaitingLine<Waiter> {
  readonly #places = new Map<Ticket, Place<Waiter>>()
  #queue = new PriorityQueue()
  /** Out of the queue already, but not out of the line. */
  #first: Ticket | undefined
  #arrivals = 0

  get size(): number {
    return this.#places.size
  }

  /** @returns Takes the waiter out again. */
  join(waiter: Waiter, priority: number): () => void {
    const ticket: Ticket = async () => waiter
    this.#places.set(ticket, { waiter, rank: priority * turns - this.#arrivals++ })
    this.#enqueue(ticket)
    if (this.#first !== undefined && this.#rankOf(ticket) > this.#rankOf(this.#first)) {
      this.#enqueue(this.#first)
      this.#first = undefined
    }
    return () => this.#leave(ticket)
  }

  first(): Waiter | undefined {
    while (this.#first === undefined && this.#queue.size > 0) {
      const ticket = this.#queue.dequeue() as Ticket
      if (this.#places.has(ticket)) this.#first = ticket
    }
    return this.#first && this.#places.get(this.#first)?.waiter
  }

  #leave(ticket: Ticket): void {
    this.#places.delete(ticket)
    if (ticket === this.#first) this.#first = undefined
    // Those who left are dropped when their turn comes, or all at once when they are the greater part.
    else if (this.#queue.size > 2 * this.size + 32) this.#sweep()
  }

  #sweep(): void {
    const full = this.#queue
    this.#queue = new PriorityQueue()
    while (full.size > 0) {
      const ticket = full.dequeue() as Ticket
      if (this.#places.has(ticket)) this.#enqueue(ticket)
    }
  }

  #enqueue(ticket: Ticket): void {
    this.#queue.enqueue(ticket, { priority: this.#rankOf(ticket) })
  }

  #rankOf(ticket: Ticket): number {
    return this.#places.get(ticket)?.rank ?? -Infinity
  }
}
