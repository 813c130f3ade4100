import type { FailedAttempt } from '@empire/resilience'
import { expectJson } from './expect-json.ts'
import { expectText } from './expect-option.ts'
import { isThenable } from './is-thenable.ts'
import type { PlannedStep, Timeout, Work } from './planned-step.ts'
import type { RestoredUnit } from './restore-entries.ts'
import type { ObservedUnit } from './run-observer.ts'
import { stepCounter, telemetry } from './step-telemetry.ts'
import { Task, type TaskScope, type Told } from './task.ts'
import { type ActedUnit, undoUnit } from './undo-unit.ts'

/** What a unit is given besides what all have: an item and its index, or a value and its turn. */
export type UnitExtra = Readonly<Record<string, unknown>>

const noExtra: UnitExtra = Object.freeze({})

/** A unit of work: a function that is called, called again, held back, and undone. */
export class UnitTask extends Task implements ActedUnit {
  readonly #work: Work
  readonly #extra: UnitExtra
  /** Whether its function was called, also before the run was resumed. */
  #hasActed = false
  /** How many of its calls are no longer waited for, and run. */
  #deafCalls = 0
  /** Of the observers, who were told of an attempt that failed: the next one waits for them. */
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
    this.#idempotencyKey = this.restored?.idempotencyKey
  }

  protected override get ownIdempotencyKey(): string | undefined {
    return this.#idempotencyKey
  }

  override get item(): unknown {
    return 'item' in this.#extra ? this.#extra['item'] : this.#extra['value']
  }

  override get breaker(): ObservedUnit['breaker'] {
    const { name, state } = this.run.policies?.breakers.get(this.step) ?? {}
    return name === undefined || state === undefined ? undefined : { name, state }
  }

  get isDeaf(): boolean {
    return this.#deafCalls > 0
  }

  override hasEffect(): boolean {
    return this.#hasActed && (this.#work.irreversible || this.#work.compensate !== undefined)
  }

  override undo(): Told {
    return this.hasEffect() && !this.run.halted ? undoUnit(this, this.#work, this.restored) : undefined
  }

  context(signal: AbortSignal, attempt: number): object {
    const { run, input, needs, idempotencyKey } = this
    const context = { input, needs, signal, attempt, runId: run.runId, idempotencyKey }
    return this.#extra === noExtra ? context : { ...context, ...this.#extra }
  }

  async callGuarded(
    timeout: Timeout | undefined,
    signal: AbortSignal,
    prepare: () => Told,
    call: (signal: AbortSignal) => unknown,
  ): Promise<unknown> {
    const { policies, clock } = this.run
    const prepared = async (): Promise<unknown> => {
      await this.#told
      await prepare()
      signal.throwIfAborted()
      if (policies === undefined || timeout === undefined) return call(signal)
      const onDeaf = (isRunning: boolean): void => void (this.#deafCalls += isRunning ? 1 : -1)
      return policies.callInTime(call, { timeout, signal, clock, onDeaf })
    }
    if (policies === undefined) return prepared()
    return policies.admit(policies.limiters.get(this.step) ?? [], signal, prepared)
  }

  tellRetry(type: 'step-retry' | 'compensate-retry', before: number, { attempt, error, delay }: FailedAttempt): void {
    const { run, key } = this
    const details = { type, step: this.step.path, key, attempt: before + attempt, delay, error } as const
    this.#told = run.emit(run.now(), details, this)
  }

  protected override work(): Told {
    const { restored, run } = this
    if (restored?.state === 'completed') return this.#restoreCompleted(restored)
    if (restored !== undefined) {
      this.#hasActed = restored.attempts > 0
      if (run.stop !== undefined) return this.restore(restored, restored.state === 'failed' ? 'failed' : 'aborted')
    }
    return this.#isPlain() ? this.#workPlainly() : this.#workCarefully()
  }

  #isPlain(): boolean {
    const { retry, timeout, breaker, idempotencyKey } = this.#work
    const { policies } = this.run
    if (retry !== undefined || timeout !== undefined || breaker !== undefined) return false
    return idempotencyKey === undefined && policies?.limiters.get(this.step) === undefined
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
      if (idempotencyKey !== undefined) this.#idempotencyKey ??= await this.#askForKey(idempotencyKey)
      output = await this.#attempts()
    } catch (error) {
      return await this.#giveUp(error)
    }
    await this.#succeed(output)
  }

  async #askForKey(idempotencyKey: NonNullable<Work['idempotencyKey']>): Promise<string> {
    const key: unknown = await idempotencyKey({ ...this.inputs(), ...this.#extra } as never)
    this.run.signal.throwIfAborted()
    // One that others have by mistake would make a service take this work for theirs.
    expectText(`Step ${JSON.stringify(this.key)}: what "idempotencyKey" gives`, key)
    return key
  }

  #attempts(): Promise<unknown> {
    const before = this.restored?.attempts ?? 0
    const { run } = this
    const { signal, policies } = run
    const attempt = (number: number): Promise<unknown> => this.#attempt(before + number)
    if (policies === undefined || this.#work.retry === undefined) return attempt(1)
    const onRetry = (failed: FailedAttempt): void => this.tellRetry('step-retry', before, failed)
    return policies.attemptStep(attempt, this.#work.retry, { run, signal, onRetry })
  }

  #attempt(attempt: number): Promise<unknown> {
    const { signal, policies } = this.run
    const breaker = policies?.breakers.get(this.step)
    const call = (): Promise<unknown> =>
      this.callGuarded(
        this.#work.timeout,
        signal,
        () => this.begin(attempt),
        (callSignal) => this.#call(callSignal, attempt),
      )
    return breaker === undefined ? call() : breaker.run(call, { signal })
  }

  #call(signal: AbortSignal, attempt: number): unknown {
    this.#hasActed = true
    const { attributes, spanName } = this.step
    const context = this.context(signal, attempt)
    return telemetry.withSpan(spanName, { attributes, signal }, () => this.#work.run(context as never))
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
    if (status === 'completed' || status === 'failed' || status === 'aborted') {
      stepCounter.add(1, this.step.endAttributes[status])
    }
    return told
  }
}
