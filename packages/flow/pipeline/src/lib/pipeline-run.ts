import type { Plan, PlannedStep } from './create-plan.ts'
import type { PipelineEvent } from './pipeline-event.ts'
import { publishEvent } from './pipeline-events.ts'
import type { RunOptions, RunResult } from './run-result.ts'
import { setOwn } from './set-own.ts'
import { StepFailedError, type SuppressedFailure } from './step-failed-error.ts'
import type { FinishedStep, StepReport } from './step-report.ts'
import { stepCounter, telemetry } from './step-telemetry.ts'

interface StepState {
  readonly step: PlannedStep
  /** How many of its needs are not done yet. */
  missing: number
  output: unknown
  report: FinishedStep | undefined
}

interface Stop {
  readonly status: 'failed' | 'aborted'
  readonly reason: unknown
}

type Result = RunResult<Record<string, unknown>>

/** One run: starts what is ready, and keeps why it stops early. */
export class PipelineRun {
  readonly #pipeline: string
  readonly #input: unknown
  readonly #signal: AbortSignal | undefined
  readonly #clock: () => number
  #time = 0
  readonly #states: StepState[]
  readonly #controller = new AbortController()
  readonly #outcome = Promise.withResolvers<Result>()
  readonly #ready: StepState[] = []
  readonly #suppressed: SuppressedFailure[] = []
  #listener: RunOptions['onEvent']
  #startedAt = 0
  #started = 0
  /** Steps and listeners that have not settled. */
  #pending = 0
  #advancing = false
  #ended = false
  #stop: Stop | undefined

  constructor(plan: Plan, input: unknown, options: RunOptions & { now: () => number }) {
    this.#pipeline = plan.pipeline
    this.#states = plan.steps.map((step) => ({
      step,
      missing: step.needs.length,
      output: undefined,
      report: undefined,
    }))
    this.#input = input
    this.#signal = options.signal
    this.#listener = options.onEvent
    this.#clock = options.now
  }

  start(): Promise<Result> {
    this.#signal?.addEventListener('abort', this.#abort)
    this.#startedAt = this.#now()
    this.#emit({ type: 'run-start', pipeline: this.#pipeline, at: this.#startedAt })
    for (const state of this.#states) if (state.missing === 0) this.#ready.push(state)
    this.#advance()
    return this.#outcome.promise
  }

  readonly #abort = (): void => this.#stopFor({ status: 'aborted', reason: this.#signal?.reason })

  // A loop that is never entered twice, not a recursion: a chain of steps that answer at once may be of any length.
  #advance(): void {
    if (this.#advancing) return
    this.#advancing = true
    while (this.#stop === undefined) {
      const state = this.#ready[this.#started]
      if (state === undefined) break
      this.#started++
      this.#startStep(state)
    }
    this.#advancing = false
    if (this.#pending === 0) this.#end()
  }

  #startStep(state: StepState): void {
    const { step } = state
    const startedAt = this.#now()
    const report: FinishedStep = { name: step.name, status: 'completed', startedAt, duration: 0 }
    state.report = report
    this.#pending++
    this.#emit({ type: 'step-start', pipeline: this.#pipeline, step: step.name, at: startedAt })
    if (this.#stop !== undefined) {
      this.#abortStep(step, report)
      return
    }
    const { signal } = this.#controller
    try {
      const context = { input: this.#input, needs: this.#outputsOf(step.needs), signal }
      const { attributes } = step
      const output = telemetry.withSpan(step.spanName, { attributes, signal }, () => step.run(context))
      if (isThenable(output)) this.#await(state, report, output)
      else this.#completeStep(state, report, output)
    } catch (error) {
      this.#failStep(step, report, error)
    }
  }

  #await(state: StepState, report: FinishedStep, output: PromiseLike<unknown>): void {
    Promise.resolve(output).then(
      (value) => this.#completeStep(state, report, value),
      (error: unknown) => this.#failStep(state.step, report, error),
    )
  }

  #completeStep(state: StepState, report: FinishedStep, output: unknown): void {
    state.output = output
    const at = this.#finishStep(state.step, report, 'completed')
    const { duration } = report
    this.#emit({ type: 'step-end', pipeline: this.#pipeline, step: report.name, at, duration })
    for (const position of state.step.dependants) {
      const dependant = this.#states[position]
      if (dependant !== undefined && --dependant.missing === 0) this.#ready.push(dependant)
    }
    this.#advance()
  }

  #failStep(step: PlannedStep, report: FinishedStep, error: unknown): void {
    if (this.#stop !== undefined && isAbort(error, this.#controller.signal)) {
      this.#abortStep(step, report)
      return
    }
    if (this.#stop === undefined) this.#stopFor({ status: 'failed', reason: this.#describeFailure(step.name, error) })
    else this.#suppressed.push({ step: step.name, error })
    const at = this.#finishStep(step, report, 'failed')
    const { duration } = report
    this.#emit({ type: 'step-failed', pipeline: this.#pipeline, step: step.name, at, duration, error })
    this.#advance()
  }

  #abortStep(step: PlannedStep, report: FinishedStep): void {
    const at = this.#finishStep(step, report, 'aborted')
    const { duration } = report
    this.#emit({ type: 'step-aborted', pipeline: this.#pipeline, step: step.name, at, duration })
    this.#advance()
  }

  #finishStep(step: PlannedStep, report: FinishedStep, status: FinishedStep['status']): number {
    const at = this.#now()
    report.status = status
    report.duration = at - report.startedAt
    this.#pending--
    stepCounter.add(1, { ...step.attributes, 'empire.pipeline.status': status })
    return at
  }

  #describeFailure(step: string, cause: unknown): StepFailedError {
    const notStarted = this.#states.filter(({ report }) => report === undefined).map((state) => state.step.name)
    return new StepFailedError({ pipeline: this.#pipeline, step, cause, notStarted, suppressed: this.#suppressed })
  }

  #stopFor(stop: Stop): void {
    // The first cause wins: what follows is mostly its echo.
    if (this.#stop !== undefined) return
    this.#stop = stop
    this.#controller.abort(stop.reason)
  }

  #emit(event: PipelineEvent): void {
    publishEvent(event)
    try {
      const heard: unknown = this.#listener?.(event)
      if (isThenable(heard)) this.#awaitListener(heard)
    } catch (reason) {
      this.#failListener(reason)
    }
  }

  #awaitListener(heard: PromiseLike<unknown>): void {
    this.#pending++
    Promise.resolve(heard)
      .catch((reason: unknown) => this.#failListener(reason))
      .then(() => {
        this.#pending--
        this.#advance()
      })
  }

  #failListener(reason: unknown): void {
    this.#listener = undefined
    this.#stopFor({ status: 'failed', reason })
  }

  /** The time; that of the last event if the clock fails, which stops the run. */
  #now(): number {
    try {
      this.#time = this.#clock()
    } catch (reason) {
      this.#stopFor({ status: 'failed', reason })
    }
    return this.#time
  }

  #end(): void {
    if (!this.#ended) this.#announceEnd()
    // A listener may take its time over the end, too.
    if (this.#pending > 0) return
    if (this.#stop !== undefined) this.#outcome.reject(this.#stop.reason)
    else
      this.#outcome.resolve({ outputs: this.#outputsOf(this.#states.keys()), steps: this.#reports() as FinishedStep[] })
  }

  #announceEnd(): void {
    this.#ended = true
    this.#signal?.removeEventListener('abort', this.#abort)
    const at = this.#now()
    const steps = this.#reports()
    const status = this.#stop?.status ?? 'completed'
    this.#emit({ type: 'run-end', pipeline: this.#pipeline, at, duration: at - this.#startedAt, status, steps })
  }

  #reports(): StepReport[] {
    return this.#states.map(({ step, report }) => report ?? { name: step.name, status: 'not-started' })
  }

  #outputsOf(positions: Iterable<number>): Record<string, unknown> {
    const outputs: Record<string, unknown> = {}
    for (const position of positions) {
      const state = this.#states[position]
      if (state !== undefined) setOwn(outputs, state.step.name, state.output)
    }
    return outputs
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError')
}
