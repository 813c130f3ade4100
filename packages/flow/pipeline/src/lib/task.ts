import { describeValue } from '@empire/errors'
import { after } from './after.ts'
import { isThenable } from './is-thenable.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { Plan, PlannedStep } from './planned-step.ts'
import { readError } from './read-error.ts'
import type { RestoredUnit } from './restore-entries.ts'
import type { ObservedUnit } from './run-observer.ts'
import type { RunState } from './run-state.ts'
import type { StepInputs } from './step-context.ts'
import { storeReason } from './store-reason.ts'

/** What the tasks of one pipeline share. */
export interface TaskScope {
  readonly run: RunState
  /** Of that pipeline, which may be one inside another. */
  readonly input: unknown
  /** For a step that is a pipeline. */
  createGraph(plan: Plan, input: unknown): TaskGraph
}

/** The tasks of one pipeline in one run. */
export interface TaskGraph {
  /** Whether every step is done, or skipped. */
  readonly isDone: boolean
  /** Runs the steps until all are done, or those that were started have settled in a run that stops. */
  start(): Told
  /** The output of each step, by name. */
  outputs(): Record<string, unknown>
  /** The tasks that were started. */
  tasks(): Iterable<Task>
  /** Undoes what was done, each step after those that need it. */
  undo(): Told
  /** Whether there may be something to undo. */
  hasEffect(): boolean
}

/** `waiting`: it has not begun. */
export type TaskStatus = 'waiting' | 'running' | 'completed' | 'skipped' | 'failed' | 'aborted'

/** Of the journal and the observers, where they take time. It never rejects. */
export type Told = Promise<void> | undefined

/** One unit of work, or what holds several: how it begins, ends, and is told of. */
export abstract class Task implements ObservedUnit {
  readonly scope: TaskScope
  readonly run: RunState
  readonly step: PlannedStep
  readonly needs: Record<string, unknown>
  readonly key: string
  status: TaskStatus = 'waiting'
  output: unknown
  startedAt = 0
  endedAt = 0
  /** The number of the attempt that is at it; 0 before the first. */
  attempt = 0
  /** What the journal had of it when the run was resumed. */
  protected readonly restored: RestoredUnit | undefined

  constructor(scope: TaskScope, step: PlannedStep, needs: Record<string, unknown>, key: string) {
    this.scope = scope
    this.run = scope.run
    this.step = step
    this.needs = needs
    this.key = key
    this.restored = scope.run.claim(key)
  }

  /** Does the work, and settles in `status`. */
  protected abstract work(): Told

  /** Undoes what was done. */
  abstract undo(): Told

  /** Whether there may be something to undo. */
  abstract hasEffect(): boolean

  get input(): unknown {
    return this.scope.input
  }

  get idempotencyKey(): string {
    return this.ownIdempotencyKey ?? `${this.run.runId}/${this.key}`
  }

  /** That which the author gave it. */
  protected get ownIdempotencyKey(): string | undefined {
    return undefined
  }

  get item(): unknown {
    return undefined
  }

  get breaker(): ObservedUnit['breaker'] {
    return undefined
  }

  /** Begins, unless its condition or a stop keeps it from that, and settles in `status`. `undefined` where it has settled already. */
  start(): Told {
    const { run, restored } = this
    if (restored?.state === 'skipped') return this.#skip()
    if (!run.admits(this.key)) return undefined
    const { when } = this.step
    return when === undefined || restored !== undefined ? this.work() : this.#decide(when)
  }

  /** What decides about the step is given. */
  protected inputs(): StepInputs<unknown, Record<string, unknown>> {
    const { run, input, needs } = this
    return { input, needs, runId: run.runId, signal: run.signal }
  }

  protected begin(attempt: number, size?: number): Told {
    const { run } = this
    const at = run.now()
    if (this.attempt === 0) this.startedAt = at
    this.attempt = attempt
    this.status = 'running'
    const sized = size === undefined ? undefined : { size }
    const written = run.isJournalled ? this.#writeStart(at, sized) : undefined
    return written === undefined ? this.#tellStart(at, sized) : written.then(() => this.#tellStart(at, sized))
  }

  /** @param isStored Whether the journal keeps the output with the end of the task. */
  protected complete(output: unknown, isStored = true): Told {
    const { run, key } = this
    this.output = output
    const at = this.#end('completed')
    if (!run.isJournalled) return this.#tellEnd(at, 'step-end')
    const entry = isStored && output !== undefined ? { output } : undefined
    return after(run.write({ type: 'step-end', key, at, ...entry }), () => this.#tellEnd(at, 'step-end'))
  }

  protected fail(error: unknown): Told {
    const { run, key } = this
    if (run.stop !== undefined && isAbort(error, run.signal)) return this.abort()
    if (this.attempt === 0) this.startedAt = run.now()
    this.status = 'failed'
    let at = 0
    let written: Told
    run.fail(key, error, () => {
      at = this.#end('failed')
      written = this.#writeEnd(() => ({ type: 'step-failed', key, at, error: storeReason(error) }))
    })
    return after(written, () => this.#tellFailure(at, error))
  }

  protected abort(): Told {
    // One that never began counts as not started.
    if (this.attempt === 0) return undefined
    const at = this.#end('aborted')
    const written = this.#writeEnd(() => ({ type: 'step-aborted', key: this.key, at }))
    return after(written, () => this.#tellEnd(at, 'step-aborted'))
  }

  /** Parts of it have failed, and told so: it fails with them, and is no cause. */
  protected failWithPart(error: unknown): Told {
    return this.#tellFailure(this.#end('failed'), error)
  }

  /** Takes up what the journal has of a task that needs no more work. */
  protected restore({ startedAt, endedAt, attempts }: RestoredUnit, status: TaskStatus): Told {
    this.attempt = attempts
    this.startedAt = startedAt
    this.endedAt = endedAt
    this.status = status
    if (status !== 'completed') return undefined
    return this.run.emit(this.run.now(), { type: 'step-restored', step: this.step.path, key: this.key }, this)
  }

  #decide(when: NonNullable<PlannedStep['when']>): Told {
    const follow = (answer: unknown): Told => {
      if (!this.run.admits(this.key)) return undefined
      if (typeof answer === 'boolean') return answer ? this.work() : this.#skip()
      const what = `Step ${JSON.stringify(this.key)}: what "when" answers`
      return this.fail(new TypeError(`${what} must be true or false, got ${describeValue(answer)}.`))
    }
    try {
      const answer = when(this.inputs() as never)
      if (!isThenable(answer)) return follow(answer)
      return Promise.resolve(answer).then(follow, (error: unknown) => this.fail(error))
    } catch (error) {
      return this.fail(error)
    }
  }

  #skip(): Told {
    const { run, key, restored } = this
    this.startedAt = run.now()
    const at = this.#end('skipped')
    const written = restored === undefined ? run.write({ type: 'step-skipped', key, at }) : undefined
    return after(written, () => run.emit(at, { type: 'step-skipped', step: this.step.path, key }, this))
  }

  #end(status: 'completed' | 'skipped' | 'failed' | 'aborted'): number {
    const at = this.run.now()
    this.status = status
    this.endedAt = at
    return at
  }

  /** A halted run is resumed, and the task with it. One that had ended before the run was resumed is not told of again. */
  #writeEnd(entry: () => JournalEntry): Told {
    const { run, restored } = this
    if (!run.isJournalled || run.halted || (restored !== undefined && restored.state !== 'started')) return undefined
    return run.write(entry())
  }

  #writeStart(at: number, sized: { size: number } | undefined): Told {
    const { key, attempt, ownIdempotencyKey: idempotencyKey } = this
    const own = idempotencyKey === undefined ? undefined : { idempotencyKey }
    return this.run.write({ type: 'step-start', key, attempt, at, ...sized, ...own })
  }

  #tellStart(at: number, sized: { size: number } | undefined): Told {
    if (!this.run.hears('step-start')) return undefined
    const { key, attempt } = this
    return this.run.emit(at, { type: 'step-start', step: this.step.path, key, attempt, ...sized }, this)
  }

  #tellEnd(at: number, type: 'step-end' | 'step-aborted'): Told {
    if (!this.run.hears(type)) return undefined
    const { key, attempt } = this
    return this.run.emit(at, { type, step: this.step.path, key, attempt, duration: at - this.startedAt }, this)
  }

  #tellFailure(at: number, error: unknown): Told {
    const { key, attempt } = this
    const duration = at - this.startedAt
    return this.run.emit(at, { type: 'step-failed', step: this.step.path, key, attempt, duration, error }, this)
  }
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || readError(error)?.name === 'AbortError'
}
