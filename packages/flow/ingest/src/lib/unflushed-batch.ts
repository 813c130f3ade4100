import type { Clock } from '@empire/clock'

const mostDocuments = 64
/** For a sink that holds them in memory. */
const mostBytes = 4 * 1024 * 1024
/** Milliseconds after which what a slow source gave is made sure of. */
const longestTime = 1000

/** Documents that the sink has taken, and not yet made sure of. */
export class UnflushedBatch<Written extends { readonly bytes: number }> {
  readonly documents: Written[] = []
  readonly #clock: Pick<Clock, 'now'>
  #bytes = 0
  #since: number

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
    this.#since = clock.now()
  }

  /** Whether it is time to make sure of them. */
  get isFull(): boolean {
    if (this.documents.length >= mostDocuments || this.#bytes >= mostBytes) return true
    return this.#clock.now() - this.#since >= longestTime
  }

  push(written: Written): void {
    this.documents.push(written)
    this.#bytes += written.bytes
  }

  /** Its documents have come to their end. */
  restart(): void {
    this.#bytes = 0
    this.#since = this.#clock.now()
  }
}
