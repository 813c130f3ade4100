import type { Clock } from '@empire/clock'
import type { Database } from './database.ts'
import type { Outcome } from './outcome.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'
import type { RunCancelledError } from './run-cancelled-error.ts'
import type { RunTable } from './run-table.ts'

/** Who is told of a run: once of each. */
export interface RunListener {
  onCancel?(reason: RunCancelledError): void
  onOutcome?(outcome: Outcome): void
}

/** Asks for all runs that somebody watches with one question at a time, and for nothing while nobody does. */
export class RunWatcher {
  readonly #table: RunTable
  readonly #database: Database
  readonly #clock: Clock
  readonly #interval: number
  readonly #signal: AbortSignal
  readonly #listeners = new Map<string, Set<RunListener>>()
  #watching: Promise<void> | undefined

  constructor(
    table: RunTable,
    database: Database,
    options: { readonly clock: Clock; readonly interval: number; readonly signal: AbortSignal },
  ) {
    this.#table = table
    this.#database = database
    this.#clock = options.clock
    this.#interval = options.interval
    this.#signal = options.signal
  }

  /** @returns To be called when the run is not watched any more. */
  watch(runId: string, listener: RunListener): () => void {
    const listeners = this.#listeners.get(runId) ?? new Set()
    this.#listeners.set(runId, listeners.add(listener))
    this.#watching ??= this.#ask()
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) this.#listeners.delete(runId)
    }
  }

  /** Tells without asking: what this process knows by itself. */
  tell(runId: string, { outcome, cancelled }: { outcome?: Outcome; cancelled?: RunCancelledError }): void {
    for (const listener of this.#listeners.get(runId) ?? []) {
      if (cancelled !== undefined) listener.onCancel?.(cancelled)
      if (outcome !== undefined) listener.onOutcome?.(outcome)
    }
  }

  /** Resolves when it asks no more. */
  async settled(): Promise<void> {
    await this.#watching
  }

  async #ask(): Promise<void> {
    while (this.#listeners.size > 0 && !this.#signal.aborted) {
      try {
        for (const { runId, outcome, cancelled } of await this.#table.watch([...this.#listeners.keys()])) {
          this.tell(runId, { ...(outcome && { outcome }), ...(cancelled && { cancelled }) })
        }
      } catch (error) {
        const message = this.#database.clean((error as Error).message)
        pipelineDbosEvents.trouble.publish({ task: 'watch', error: new Error(message) })
      }
      // Its rejection is that of the signal, which ends the loop.
      await this.#clock.sleep(this.#interval, { signal: this.#signal }).catch(() => {})
    }
    this.#watching = undefined
  }
}
