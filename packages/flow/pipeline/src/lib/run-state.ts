import type { Clock } from '@empire/clock'
import { after } from './after.ts'
import { createEmitter, type Emitter } from './create-emitter.ts'
import type { EventDetails } from './event-details.ts'
import { isThenable } from './is-thenable.ts'
import type { JournalSession } from './journal.ts'
import type { JournalEntry, NotUndone } from './journal-entry.ts'
import { JournalFailedError } from './journal-failed-error.ts'
import type { Guards, Policies } from './policies.ts'
import type { PipelineEvent } from './pipeline-event.ts'
import type { PipelineShape } from './pipeline-shape.ts'
import type { Plan } from './planned-step.ts'
import type { RestoredUnit } from './restore-entries.ts'
import type { ObservedUnit } from './run-observer.ts'
import type { RunOptions } from './run-options.ts'
import { storeReason } from './store-reason.ts'
import { StepFailedError, type SuppressedFailure } from './step-failed-error.ts'

/** Why a run does not go on. `halted`: it stops as it is, to be resumed. */
export interface Stop {
  readonly status: 'failed' | 'aborted' | 'halted'
  readonly reason: unknown
  /** The unit of work whose failure it is. */
  readonly key?: string | undefined
}

/** What a rollback could not do, with what was thrown. */
export interface CompensationFailure {
  readonly step: string
  readonly error: unknown
}

type RunPolicies = Policies & Guards

export interface RunSettings extends Pick<RunOptions, 'onEvent' | 'observers'> {
  readonly runId: string
  readonly shape: PipelineShape
  readonly clock: Clock
  readonly random: () => number
  /** Loaded for the plans that have some. */
  readonly policies?: Policies | undefined
  /** Where the run is kept. */
  readonly session?: JournalSession | undefined
  /** What was done before the run was resumed, by key. */
  readonly restored?: Map<string, RestoredUnit> | undefined
  /** Whether the run has completed, and is only told again: nothing is done, and nothing undone. */
  readonly isReplay?: boolean | undefined
  /** Why the run had stopped when it was resumed. */
  readonly stop?: Stop | undefined
}

/** What all parts of one run share: its time, its journal, its listeners, and whether it has to stop. */
export class RunState {
  readonly runId: string
  readonly clock: Clock
  readonly random: () => number
  /** Where any of the work is tried again, timed, or held back. */
  readonly policies: RunPolicies | undefined
  readonly restored: Map<string, RestoredUnit> | undefined
  /** What a rollback had to leave. */
  readonly notUndone: NotUndone[] = []
  readonly compensationFailures: CompensationFailure[] = []
  /** The name of the outermost pipeline. */
  readonly pipeline: string
  /** Names of the steps that have not begun, for errors. */
  notStarted: () => readonly string[] = () => []
  /** When the journal has why the run stops. */
  stopWritten: Promise<void> | undefined
  readonly #isReplay: boolean
  readonly #claimed = new Set<string>()
  readonly #controller = new AbortController()
  readonly #undoController = new AbortController()
  readonly #session: JournalSession | undefined
  readonly #emitter: Emitter
  readonly #suppressed: SuppressedFailure[] = []
  #stop: Stop | undefined
  #time = 0
  #journalFailed = false

  constructor(plan: Plan, settings: RunSettings) {
    const { runId, clock, random, policies, session, restored, stop, onEvent, observers } = settings
    this.#isReplay = settings.isReplay === true
    this.pipeline = plan.root
    this.runId = runId
    this.clock = clock
    this.random = random
    this.restored = restored
    this.policies = policies && { ...policies, ...policies.guardsOf(plan, clock) }
    this.#session = session
    this.#emitter = createEmitter({
      onEvent,
      observers,
      onFault: (reason) => this.stopFor({ status: 'failed', reason }),
    })
    if (stop === undefined) return
    this.#stop = stop
    this.#controller.abort(stop.reason)
  }

  /** Of the steps. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Of the compensations: aborted only where the run is halted. */
  get undoSignal(): AbortSignal {
    return this.#undoController.signal
  }

  get stop(): Stop | undefined {
    return this.#stop
  }

  get halted(): boolean {
    return this.#stop?.status === 'halted'
  }

  get isJournalled(): boolean {
    return this.#session !== undefined
  }

  /** Whether a unit of work may begin: also in a run that has stopped, what was begun before it was resumed is taken up. */
  admits(key: string): boolean {
    return this.#stop === undefined || this.restored?.has(key) === true
  }

  /** The first cause wins, for what follows is mostly its echo; but a run that cannot be kept always halts. */
  stopFor(cause: Stop): void {
    const stop: Stop = this.#isReplay ? { ...cause, status: 'halted' } : cause
    if (this.#stop !== undefined && !(stop.status === 'halted' && !this.halted)) return
    this.#stop = stop
    if (stop.status === 'halted') this.#undoController.abort(stop.reason)
    else this.#writeStop(stop)
    this.#controller.abort(stop.reason)
  }

  /** What the journal has of a unit of work, which somebody takes care of from here. */
  claim(key: string): RestoredUnit | undefined {
    if (this.restored === undefined) return undefined
    this.#claimed.add(key)
    return this.restored.get(key)
  }

  /** What the journal has of units of work that nobody took care of. */
  *unclaimed(): Generator<[string, RestoredUnit], void, undefined> {
    for (const entry of this.restored ?? []) if (!this.#claimed.has(entry[0])) yield entry
  }

  /** A unit of work failed for good. @param note Says so in the journal: before others do whom that aborts. */
  fail(key: string, cause: unknown, note: () => void): void {
    if (this.#stop !== undefined) {
      this.#suppressed.push({ step: key, error: cause })
      note()
      return
    }
    const details = { notStarted: this.notStarted(), suppressed: this.#suppressed }
    const reason = new StepFailedError({ pipeline: this.pipeline, runId: this.runId, step: key, cause, ...details })
    this.#stop = { status: this.#isReplay ? 'halted' : 'failed', reason, key }
    note()
    this.#writeStop(this.#stop)
    this.#controller.abort(reason)
  }

  /** The time; that of the last event if the clock fails, which stops the run. */
  now(): number {
    try {
      this.#time = this.clock.now()
    } catch (reason) {
      this.stopFor({ status: 'failed', reason })
    }
    return this.#time
  }

  /** Whether anybody hears events of that type: to ask before one is made, of which there are many. */
  hears(type: EventDetails['type']): boolean {
    return this.#emitter.hears(type)
  }

  /**
   * Tells the listeners. A promise is given where something waits for an observer; it never rejects.
   *
   * @param details A new object, which becomes the event: it is not copied.
   */
  emit(at: number, details: EventDetails, unit?: ObservedUnit): Promise<void> | undefined {
    const event = details as PipelineEvent
    event.pipeline = this.pipeline
    event.runId = this.runId
    event.at = at
    return this.#emitter.emit(event, unit)
  }

  /** Writes to the journal. A promise is given where that takes time; it never rejects: a run that cannot be kept halts. */
  write(entry: JournalEntry): Promise<void> | undefined {
    if (this.#session === undefined || this.#journalFailed) return undefined
    try {
      const written: unknown = this.#session.append(entry)
      return isThenable(written) ? Promise.resolve(written).then(nothing, this.#haltFor) : undefined
    } catch (error) {
      this.#haltFor(error)
      return undefined
    }
  }

  /** Writes, and then tells: what is heard has happened. */
  note(entry: JournalEntry, details: EventDetails, unit?: ObservedUnit): Promise<void> | undefined {
    return after(this.write(entry), () => this.emit(entry.at, details, unit))
  }

  /** Waits for the listeners that are still at it. */
  settleListeners(): Promise<void> | undefined {
    return this.#emitter.settle()
  }

  /** Of a step that failed the journal has its error. */
  #writeStop({ status, key, reason }: Stop): void {
    if (!this.isJournalled || status === 'halted') return
    const thrown = key !== undefined && reason instanceof Error ? reason.cause : reason
    const keyed = key === undefined ? undefined : { key }
    this.stopWritten = this.write({
      type: 'rollback-start',
      at: this.#time,
      status,
      reason: storeReason(thrown),
      ...keyed,
    })
  }

  readonly #haltFor = (cause: unknown): void => {
    this.#journalFailed = true
    this.stopFor({ status: 'halted', reason: new JournalFailedError(this.pipeline, this.runId, cause) })
  }
}

function nothing(): void {}
