import { EmpireError } from '@empire/errors'
import type { IngestEvent, IngestReport } from './ingest-event.ts'
import type { Problem } from './ingest-error.ts'

type Ending = Extract<
  IngestEvent,
  { type: 'indexed' | 'unchanged' | 'deleted' | 'skipped' | 'dead-lettered' | 'stopped' }
>

/** Counts what becomes of the items of a run. */
export class Tally {
  readonly #onEvent: (event: IngestEvent) => void
  readonly #problems: Problem[] = []
  readonly #counts: Record<Ending['type'], number> = {
    indexed: 0,
    unchanged: 0,
    deleted: 0,
    skipped: 0,
    'dead-lettered': 0,
    stopped: 0,
  }
  #found = 0
  #broken: { readonly error: unknown } | undefined
  #chunks = 0
  #bytes = 0

  constructor(onEvent: (event: IngestEvent) => void) {
    this.#onEvent = onEvent
  }

  /** An item is found. */
  find(): void {
    this.#found++
  }

  /** A found item has ended. */
  end(ending: Ending): void {
    this.#counts[ending.type]++
    if ('problem' in ending) this.#problems.push(ending.problem)
    if (ending.type === 'indexed') {
      this.#chunks += ending.chunks
      this.#bytes += ending.bytes
    }
    this.#emit(ending)
  }

  /** Something happened that ends no item. */
  tell(event: Extract<IngestEvent, { type: 'retry' }>): void {
    this.#emit(event)
  }

  /** The run is over. Throws `EmpireError` (`items_lost`) if an item has not been accounted for. */
  finish(): IngestReport {
    const { indexed, unchanged, deleted, skipped, 'dead-lettered': deadLettered, stopped } = this.#counts
    const report = Object.freeze({
      found: this.#found,
      indexed,
      unchanged,
      deleted,
      skipped,
      deadLettered,
      stopped,
      chunks: this.#chunks,
      bytes: this.#bytes,
      problems: Object.freeze(this.#problems),
    })
    const lost = report.found - indexed - unchanged - deleted - skipped - deadLettered - stopped
    if (lost !== 0) {
      throw new EmpireError(
        'items_lost',
        `Expected each of ${report.found} items found to be counted once, ${Math.abs(lost)} were ${lost > 0 ? 'not' : 'counted again'}.`,
        { details: { found: report.found, lost } },
      )
    }
    this.#emit({ type: 'end', report })
    return report
  }

  /** Throws what `onEvent` threw: at a place where no item is in between. */
  throwIfBroken(): void {
    if (this.#broken !== undefined) throw this.#broken.error
  }

  #emit(event: IngestEvent): void {
    if (this.#broken !== undefined) return
    try {
      this.#onEvent(event)
    } catch (error) {
      this.#broken = { error }
    }
  }
}
