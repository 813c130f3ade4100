import type { Clock } from '@empire/clock'
import { EmpireError } from '@empire/errors'
import type { IngestEvent, IngestReport } from './ingest-event.ts'
import { IngestError, type Problem } from './ingest-error.ts'
import { type Find, idOf } from './find.ts'
import { ingestEvents } from './ingest-events.ts'
import type { IngestSettings } from './ingest-settings.ts'
import { messageOf } from './message-of.ts'

type Ending = Extract<
  IngestEvent,
  { type: 'indexed' | 'unchanged' | 'deleted' | 'skipped' | 'dead-lettered' | 'stopped' }
>

/** Counts what becomes of the items of a run, and tells of it. */
export class Tally {
  readonly #source: string
  readonly #clock: Pick<Clock, 'now'>
  readonly #start: number
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

  constructor({ source, clock, onEvent }: Pick<IngestSettings, 'source' | 'clock' | 'onEvent'>) {
    this.#source = source.name
    this.#clock = clock
    this.#start = clock.now()
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
    const { chunks, bytes } = ending.type === 'indexed' ? ending : { chunks: 0, bytes: 0 }
    this.#chunks += chunks
    this.#bytes += bytes
    const { type: outcome, id } = ending
    const reason = 'problem' in ending ? ending.problem.code : ''
    ingestEvents.item.publish({ source: this.#source, outcome, reason, chunks, bytes, id })
    this.#emit(ending)
  }

  /** Ends what is left when a run breaks. */
  stop(left: readonly Find[]): void {
    for (const find of left) {
      const path = 'gone' in find ? find.gone : find.path
      const error = new IngestError('stopped', path, 'the run ended before it was indexed.')
      this.end({ type: 'stopped', id: idOf(find), problem: error.toProblem() })
    }
  }

  /** Something happened that ends no item. */
  tell(event: Extract<IngestEvent, { type: 'retry' }>): void {
    const { step, delay, error } = event
    ingestEvents.retry.publish({ source: this.#source, step, delay, error: messageOf(error) })
    this.#emit(event)
  }

  /** The run is over. Throws `EmpireError` (`items_lost`) if an item has not been accounted for. */
  finish(outcome: 'complete' | 'failed' | 'aborted'): IngestReport {
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
    const { found, chunks, bytes } = report
    const duration = this.#clock.now() - this.#start
    ingestEvents.run.publish({ source: this.#source, outcome, found, chunks, bytes, duration })
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
