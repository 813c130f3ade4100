import type { Clock } from '@empire/clock'
import type { ChildRunner } from './child-runner.ts'
import { ChildFailedError } from './child-failed-error.ts'
import { ChildStuckError } from './child-stuck-error.ts'
import { type RestartBudget, RestartBudgetError } from './restart-budget-error.ts'
import type { RestartHistory } from './restart-history.ts'
import type { SupervisorEvent } from './supervisor-event.ts'

/**
 * Which children are stopped and started again when one fails.
 *
 * - `one-for-one`: that one.
 * - `rest-for-one`: that one, and all that were started after it.
 * - `one-for-all`: all of them.
 */
export type Strategy = 'one-for-one' | 'rest-for-one' | 'one-for-all'

/** What one life of a supervisor works with. */
export interface SupervisionOptions {
  readonly name: string
  readonly strategy: Strategy
  /** In the order of their start. */
  readonly runners: readonly ChildRunner[]
  readonly budget: RestartBudget
  readonly history: RestartHistory
  readonly clock: Clock
  onEvent(event: SupervisorEvent): void
}

/**
 * One life of a supervisor, from its start to its end.
 *
 * One loop does everything, one thing at a time: what children report waits in a list until the loop comes to it.
 */
export class Supervision {
  /** Resolves when all children are ready; rejects when that failed, and all are stopped again. */
  readonly ready = Promise.withResolvers<void>()
  /** Resolves when all children are stopped by request; rejects when the supervisor gave up, or some of them still run. */
  readonly ended = Promise.withResolvers<void>()
  /** Whom the end has left running. Resolves at the end, whichever it was. */
  readonly stuck: Promise<readonly string[]>
  state: 'starting' | 'ready' | 'stopping' | 'stopped' | 'failed' = 'starting'
  readonly #options: SupervisionOptions
  readonly #byName: ReadonlyMap<string, ChildRunner>
  readonly #stopping = new AbortController()
  readonly #deadline = new AbortController()
  /** Those that ended without having been asked to, in that order. */
  readonly #unhandled: ChildRunner[] = []
  /** All before this place are usable: the search for who is next need not begin at the start each time. */
  #usable = 0
  #wake = Promise.withResolvers<void>()

  constructor(options: SupervisionOptions) {
    this.#options = options
    this.#byName = new Map(options.runners.map((runner) => [runner.child.name, runner]))
    // Both may be rejected while only the other is looked at.
    this.ready.promise.catch(() => {})
    this.stuck = this.#run()
  }

  get isOver(): boolean {
    return this.state === 'stopped' || this.state === 'failed'
  }

  /** Stops all children, in the reverse order of their start. */
  stop(reason?: unknown): void {
    this.#stopping.abort(reason)
    this.#wake.resolve()
  }

  /** Leaves no more time to those that are stopping. */
  forceStop(): void {
    this.#deadline.abort()
  }

  async #run(): Promise<readonly string[]> {
    let failure: { readonly error: unknown } | undefined
    // So that a tree is started level by level, however deep it is, and not in one call.
    await Promise.resolve()
    try {
      await this.#supervise()
    } catch (error) {
      failure = { error }
      this.#options.onEvent({ type: 'escalated', supervisor: this.#options.name, error })
    }
    const wasReady = this.state === 'ready'
    this.state = 'stopping'
    const stuck: string[] = []
    for (const runner of this.#options.runners.toReversed()) stuck.push(...(await this.#stopChild(runner)))
    this.state = failure === undefined ? 'stopped' : 'failed'
    const reason: unknown = failure === undefined ? this.#stopping.signal.reason : failure.error
    // Both a failure and a reason to stop leave it open who still runs: where somebody does, that has to be said first.
    const end = stuck.length === 0 ? reason : nameStuck(stuck, reason)
    this.ready.reject(end)
    // A start that failed has told of it: nobody waits for the end.
    if (!wasReady || (failure === undefined && stuck.length === 0)) this.ended.resolve()
    else this.ended.reject(end)
    return stuck
  }

  async #supervise(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const gone = this.#unhandled.shift()
      const next = gone === undefined ? this.#findNext() : undefined
      if (gone !== undefined) await this.#recover(gone)
      else if (next !== undefined) await this.#startChild(next)
      else await this.#rest()
    }
  }

  async #startChild(runner: ChildRunner): Promise<void> {
    const isRestart = runner.state === 'waiting'
    if (isRestart) runner.restarts += 1
    try {
      await runner.start(this.#stopping.signal, {
        onReady: () =>
          this.#options.onEvent({ type: 'child-started', ...this.#identify(runner), restarts: runner.restarts }),
        onEnd: () => this.#noteEnded(runner),
      })
    } catch (error) {
      this.#noteEnded(runner)
      if (this.state === 'ready' || isRestart) return
      throw new ChildFailedError(this.#options.name, runner.child.name, error)
    }
  }

  /** The first child that can be started now. */
  #findNext(): ChildRunner | undefined {
    const { runners, strategy, clock } = this.#options
    const now = clock.now()
    while (runners[this.#usable]?.isUsable) this.#usable += 1
    for (let place = this.#usable; place < runners.length; place++) {
      const runner = runners[place] as ChildRunner
      const isDue = (runner.state === 'stopped' || runner.state === 'waiting') && runner.notBefore <= now
      if (isDue && this.#hasNeeds(runner)) return runner
      // With the other strategies, what comes later waits for it.
      if (strategy !== 'one-for-one' && !runner.isUsable) return undefined
    }
    return undefined
  }

  #hasNeeds({ child }: ChildRunner): boolean {
    return (child.needs ?? []).every((need) => this.#byName.get(need)?.isUsable)
  }

  /** Waits until a child reports, the supervisor is stopped, or a pause is over. */
  async #rest(): Promise<void> {
    const { runners, clock } = this.#options
    if (this.state === 'starting' && runners.every((runner) => runner.isUsable)) {
      this.state = 'ready'
      this.ready.resolve()
    }
    const now = clock.now()
    const due = runners.reduce(
      (least, { state, notBefore }) => (state === 'waiting' && notBefore > now ? Math.min(least, notBefore) : least),
      Infinity,
    )
    const sleeper = new AbortController()
    const waits = [this.#wake.promise]
    if (due !== Infinity) waits.push(clock.sleep(due - now, { signal: sleeper.signal }))
    await Promise.race(waits)
    sleeper.abort()
    this.#wake = Promise.withResolvers()
  }

  #noteEnded(runner: ChildRunner): void {
    const who = this.#identify(runner)
    const { isFailure, error } = runner.ending ?? { isFailure: false, error: undefined }
    this.#options.onEvent(isFailure ? { type: 'child-failed', ...who, error } : { type: 'child-ended', ...who })
    this.#unhandled.push(runner)
    this.#wake.resolve()
  }

  async #recover(runner: ChildRunner): Promise<void> {
    const { child, ending } = runner
    this.#usable = 0
    // Stopped since, together with others.
    if (runner.state !== 'failed' || ending === undefined) return
    const { isFailure, error } = ending
    const { restart = 'always' } = child
    if (restart === 'never' || (restart === 'on-failure' && !isFailure)) {
      await this.#stopOrGiveUp(runner)
      runner.state = 'ended'
      return
    }
    const { name, budget, history, clock } = this.#options
    const pause = history.add(child.name, clock.now())
    if (pause === undefined) throw new RestartBudgetError(name, child.name, budget, error)
    const affected = this.#listAffected(runner).filter(({ state }) => state !== 'stopped' && state !== 'ended')
    for (const each of affected.toReversed()) await this.#stopOrGiveUp(each)
    const notBefore = clock.now() + pause
    for (const each of affected) {
      each.state = each.child.restart === 'never' ? 'ended' : 'waiting'
      each.notBefore = notBefore
    }
  }

  #listAffected(runner: ChildRunner): readonly ChildRunner[] {
    const { runners, strategy } = this.#options
    if (strategy === 'one-for-one') return [runner]
    return strategy === 'one-for-all' ? runners : runners.slice(runners.indexOf(runner))
  }

  /** A child that does not stop must not be started beside itself. */
  async #stopOrGiveUp(runner: ChildRunner): Promise<void> {
    const stuck = await this.#stopChild(runner)
    if (stuck.length > 0) throw new ChildStuckError(stuck)
  }

  async #stopChild(runner: ChildRunner): Promise<readonly string[]> {
    const isRunning = !['stopped', 'waiting', 'ended', 'stuck'].includes(runner.state)
    const stuck = await runner.stop(this.#deadline.signal, (error) =>
      this.#options.onEvent({ type: 'child-stop-failed', ...this.#identify(runner), error }),
    )
    if (isRunning)
      this.#options.onEvent({ type: stuck.length === 0 ? 'child-stopped' : 'child-stuck', ...this.#identify(runner) })
    return stuck
  }

  #identify({ child }: ChildRunner): { readonly supervisor: string; readonly child: string } {
    return { supervisor: this.#options.name, child: child.name }
  }
}

function nameStuck(stuck: readonly string[], reason: unknown): ChildStuckError {
  return new ChildStuckError(stuck, reason instanceof ChildStuckError ? reason.cause : reason)
}
