import { EmpireError } from '@empire/errors'
import type { Document } from './document.ts'
import type { IngestError, Problem } from './ingest-error.ts'

/** How a run ended. Plain data; `found` is `indexed` + `skipped` + `failed`. */
export interface IngestReport {
  /** Items that the source listed. */
  readonly found: number
  /** Documents that the sink took. */
  readonly indexed: number
  /** Items with nothing in them to index. */
  readonly skipped: number
  /** Items whose text is missing from the sink. */
  readonly failed: number
  /** Chunks that the sink took. */
  readonly chunks: number
  /** Size in bytes of the documents that the sink took. */
  readonly bytes: number
  /** One for each item skipped or failed, in the order of the source. */
  readonly problems: readonly Problem[]
}

/** What happened to an item, or that the run is over, also by an error or abort. */
export type IngestEvent =
  | { readonly type: 'indexed'; readonly path: string; readonly chunks: number; readonly bytes: number }
  | { readonly type: 'skipped'; readonly problem: Problem }
  | { readonly type: 'failed'; readonly problem: Problem; readonly error: unknown }
  | { readonly type: 'end'; readonly report: IngestReport }

/** Counts what becomes of the items of a run. */
export class Tally {
  readonly #onEvent: (event: IngestEvent) => void
  readonly #problems: Problem[] = []
  #found = 0
  #indexed = 0
  #skipped = 0
  #failed = 0
  #chunks = 0
  #bytes = 0

  constructor(onEvent: (event: IngestEvent) => void) {
    this.#onEvent = onEvent
  }

  find(): void {
    this.#found++
  }

  index(document: Document, chunks: number): void {
    this.#indexed++
    this.#chunks += chunks
    this.#bytes += document.bytes
    this.#onEvent({ type: 'indexed', path: document.path, chunks, bytes: document.bytes })
  }

  drop(error: IngestError): void {
    const problem = error.toProblem()
    this.#problems.push(problem)
    if (error.skipped) {
      this.#skipped++
      this.#onEvent({ type: 'skipped', problem })
    } else {
      this.#failed++
      this.#onEvent({ type: 'failed', problem, error: error.cause ?? error })
    }
  }

  /** Says that the run is over. Throws `EmpireError` (`items_lost`) if an item has not been accounted for. */
  end(): IngestReport {
    const report = Object.freeze({
      found: this.#found,
      indexed: this.#indexed,
      skipped: this.#skipped,
      failed: this.#failed,
      chunks: this.#chunks,
      bytes: this.#bytes,
      problems: Object.freeze(this.#problems),
    })
    const lost = report.found - report.indexed - report.skipped - report.failed
    if (lost !== 0) {
      throw new EmpireError(
        'items_lost',
        `Expected each of ${report.found} items found to be counted once, ${lost} were not.`,
        {
          details: { found: report.found, lost },
        },
      )
    }
    this.#onEvent({ type: 'end', report })
    return report
  }
}
