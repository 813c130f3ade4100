import { createBreaker, createRetryBudget, type Limiter, retry, type FailedAttempt } from '@empire/resilience'
import { callInTime } from './call-in-time.ts'
import { expectJson } from './expect-json.ts'
import { isThenable } from './is-thenable.ts'
import type { PlannedCompensation, PlannedStep, Timeout, Work } from './planned-step.ts'
import type { RestoredUnit } from './restore-entries.ts'
import type { ObservedUnit } from './run-observer.ts'
import { stepCounter, telemetry } from './step-telemetry.ts'
import { storeReason } from './store-reason.ts'
import { Task, type TaskScope, type Told } from './task.ts'

/** What a unit is given besides what all have: an item and its index, or a value and its turn. */
export type UnitExtra = Readonly<Record<string, unknown>>

const noExtra: UnitExtra = Object.freeze({})
const noLimits: readonly Limiter[] = []

/** A unit of work: a function that is called, called again, held back, and undone. */
export class UnitTask extends Task {
  readonly #work: Work
  readonly #extra: UnitExtra
  /** Whether its function was called, also before the run was resumed. */
  #hasActed = false
  /** How many of its calls are no longer waited for, and run. */
  #deafCalls = 0
  /** What an observer has to say of an attempt that failed. */
  #told: Told
  #idempotencyKey: string | undefined

  constructor(
    scope: TaskScope,
    step: PlannedStep,
    needs: Record<string, unknown>,
    key: string,
    work: Work,
    extra: UnitExtra = noExtra,
  ) {
    super(scope, step, needs, key)
    this.#work = work
    this.#extra = extra
  }

  override get idempotencyKey(): string {
    return this.#idempotencyKey ?? super.idempotencyKey
  }

  override get item(): unknown {
    return this.#extra['item'] ?? this.#extra['value']
  }

  override get breaker(): ObservedUnit['breaker'] {
    const { breaker } = this.#work
    if (breaker === undefined) return undefined
    return { name: breaker.name, state: createBreaker({ ...breaker, clock: this.run.clock }).state }
  }

  protected override work(): Told {
    const { restored, run } = this
    if (restored?.state === 'completed') return this.#restoreCompleted(restored)
    if (restored !== undefined) {
      this.#hasActed = restored.attempts > 0
      if (run.stop !== undefined) return this.restore(restored, restored.state === 'failed' ? 'failed' : 'aborted')
    }
    const { retry: retries, breaker, timeout, idempotencyKey } = this.#work
    const isPlain =
      retries === undefined && breaker === undefined && timeout === undefined && idempotencyKey === undefined
    return isPlain && this.#limits.length === 0 ? this.#workPlainly() : this.#workCarefully()
  }

  override hasEffect(): boolean {
    return this.#hasActed && (this.#work.irreversible || this.#work.compensate !== undefined)
  }

  override undo(): Told {
    const { run, key, restored } = this
    if (!this.#hasActed || run.halted || restored?.undo === 'done') return undefined
    const { compensate, irreversible } = this.#work
    const completed = this.status === 'completed'
    if (irreversible) run.notUndone.push({ step: key, why: 'irreversible', completed })
    if (compensate === undefined) return undefined
    if (restored?.undo !== 'failed') return this.#compensate(compensate)
    const { undoMessage: message } = restored
    const told = message === undefined ? undefined : { message }
    run.notUndone.push({ step: key, why: 'compensation-failed', completed, ...told })
    return undefined
  }

  get #limits(): readonly Limiter[] {
    return this.run.limiters.get(this.step) ?? noLimits
  }

  #restoreCompleted(restored: RestoredUnit): Told {
    this.output = restored.output
    this.#hasActed = true
    return this.restore(restored, 'completed')
  }

  /** Without a promise more than the work itself makes. */
  #workPlainly(): Told {
    const begun = this.begin((this.restored?.attempts ?? 0) + 1)
    return begun === undefined ? this.#callPlainly() : begun.then(() => this.#callPlainly())
  }

  #callPlainly(): Told {
    // A listener, an observer or the journal may have stopped the run.
    if (this.run.stop !== undefined) return this.#end(this.abort())
    try {
      const output = this.#call(this.run.signal, this.attempt)
      if (!isThenable(output)) return this.#succeed(output)
      return Promise.resolve(output).then(
        (value) => this.#succeed(value),
        (error: unknown) => this.#giveUp(error),
      )
    } catch (error) {
      return this.#giveUp(error)
    }
  }

  async #workCarefully(): Promise<void> {
    let output: unknown
    try {
      const { idempotencyKey } = this.#work
      if (idempotencyKey !== undefined) {
        this.#idempotencyKey = String(idempotencyKey({ ...this.inputs(), ...this.#extra } as never))
      }
      output = await this.#attempts()
    } catch (error) {
      return await this.#giveUp(error)
    }
    await this.#succeed(output)
  }

  #attempts(): Promise<unknown> {
    const before = this.restored?.attempts ?? 0
    const { retry: options } = this.#work
    const { clock, random, signal } = this.run
    if (options === undefined) return this.#attempt(before + 1)
    return retry(({ attempt }) => this.#attempt(before + attempt), {
      ...options,
      signal,
      clock,
      random,
      onRetry: (failed) => this.#tellRetry('step-retry', failed),
    })
  }

  #attempt(attempt: number): Promise<unknown> {
    const { breaker } = this.#work
    const { signal, clock } = this.run
    const call = async (): Promise<unknown> => {
      await this.#told
      await this.begin(attempt)
      signal.throwIfAborted()
      return this.#callTimed(this.#work.timeout, signal, (callSignal) => this.#call(callSignal, attempt))
    }
    return this.#admit(signal, () =>
      breaker === undefined ? call() : createBreaker({ ...breaker, clock }).run(call, { signal }),
    )
  }

  #admit(signal: AbortSignal, call: () => Promise<unknown>): Promise<unknown> {
    let admitted = call
    // The last is passed first: what all processes share is held for no longer than the work takes.
    for (const limiter of this.#limits.toReversed()) {
      const inner = admitted
      admitted = () => limiter.run(inner, { signal })
    }
    return admitted()
  }

  #callTimed(timeout: Timeout | undefined, signal: AbortSignal, call: (signal: AbortSignal) => unknown): unknown {
    if (timeout === undefined) return call(signal)
    const { clock } = this.run
    return callInTime(call, { timeout, signal, clock, onDeaf: (isRunning) => (this.#deafCalls += isRunning ? 1 : -1) })
  }

  #call(signal: AbortSignal, attempt: number): unknown {
    this.#hasActed = true
    const { attributes, spanName } = this.step
    const context = this.#context(signal, attempt)
    return telemetry.withSpan(spanName, { attributes, signal }, () => this.#work.run(context as never))
  }

  #context(signal: AbortSignal, attempt: number): object {
    const { run, input, needs, idempotencyKey } = this
    const context = { input, needs, signal, attempt, runId: run.runId, idempotencyKey }
    return this.#extra === noExtra ? context : { ...context, ...this.#extra }
  }

  #succeed(output: unknown): Told {
    if (this.run.isJournalled) {
      try {
        expectJson(output, `The output of step ${JSON.stringify(this.key)}`)
      } catch (error) {
        return this.#giveUp(error)
      }
    }
    return this.#end(this.complete(output))
  }

  #giveUp(error: unknown): Told {
    return this.#end(this.fail(error))
  }

  #end(told: Told): Told {
    const { status } = this
    if (status === 'completed' || status === 'failed' || status === 'aborted')
      stepCounter.add(1, this.step.endAttributes[status])
    return told
  }

  #tellRetry(type: 'step-retry' | 'compensate-retry', { attempt, error, delay }: FailedAttempt): void {
    const { run, key, restored } = this
    const before = (type === 'step-retry' ? restored?.attempts : restored?.undoAttempts) ?? 0
    const details = { type, step: this.step.path, key, attempt: before + attempt, delay, error } as const
    this.#told = run.emit(run.now(), details, this)
  }

  async #compensate(compensation: PlannedCompensation): Promise<void> {
    const { run, key, restored } = this
    const { undoSignal: signal, clock, random } = run
    const before = restored?.undoAttempts ?? 0
    const startedAt = run.now()
    let last = before
    const attempt = (number: number): Promise<unknown> =>
      this.#admit(signal, async () => {
        last = number
        const at = run.now()
        await this.#told
        await run.note(
          { type: 'compensate-start', key, attempt: number, at },
          { type: 'compensate-start', step: this.step.path, key, attempt: number },
          this,
        )
        signal.throwIfAborted()
        const context = { ...this.#context(signal, number), output: this.output }
        return this.#callTimed(compensation.timeout, signal, (callSignal) =>
          compensation.run({ ...context, signal: callSignal } as never),
        )
      })
    try {
      const { retry: options } = compensation
      if (options === undefined) await attempt(before + 1)
      else {
        // A budget of its own: what surrounds the run may have used up what it shares.
        const budget = options.budget ?? createRetryBudget({ retries: (options.attempts ?? 3) - 1 })
        await retry((next) => attempt(before + next.attempt), {
          ...options,
          budget,
          signal,
          clock,
          random,
          onRetry: (failed) => this.#tellRetry('compensate-retry', failed),
        })
      }
    } catch (error) {
      if (!run.halted) await this.#leave(error, last, startedAt)
      return
    }
    const at = run.now()
    const details = { step: this.step.path, key, attempt: last, duration: at - startedAt }
    await run.note({ type: 'compensate-end', key, at }, { type: 'compensate-end', ...details }, this)
    const completed = this.status === 'completed'
    if (this.#deafCalls > 0) run.notUndone.push({ step: key, why: 'still-running', completed })
  }

  async #leave(error: unknown, attempt: number, startedAt: number): Promise<void> {
    const { run, key } = this
    const at = run.now()
    const stored = storeReason(error)
    const message = stored.type === 'error' ? { message: stored.message } : undefined
    run.notUndone.push({ step: key, why: 'compensation-failed', completed: this.status === 'completed', ...message })
    run.compensationFailures.push({ step: key, error })
    const details = { step: this.step.path, key, attempt, duration: at - startedAt, error }
    await run.note(
      { type: 'compensate-failed', key, at, error: stored },
      { type: 'compensate-failed', ...details },
      this,
    )
  }
}
