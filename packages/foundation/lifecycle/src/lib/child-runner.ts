import type { Clock } from '@empire/clock'
import { describeValue } from '@empire/errors'
import { redact } from '@empire/redaction'
import type { Child, Started } from './child.ts'
import type { ChildState } from './child-state.ts'
import { ChildStuckError } from './child-stuck-error.ts'
import type { ChildHealth, Health } from './health.ts'
import { settlesInTime } from './settles-in-time.ts'
import { StartTimeoutError } from './start-timeout-error.ts'
import type { Tree } from './tree.ts'

/** What a runner takes from its supervisor. */
export interface ChildRunnerOptions {
  readonly clock: Clock
  readonly startTimeout: number
  readonly stopTimeout: number
  readonly forceTimeout: number
  readonly healthTimeout: number
}

/** Who hears what becomes of a child that was started. */
export interface LifeListeners {
  onReady(): void
  onEnd(): void
}

/** How a child ended without having been asked to. */
export interface Ending {
  readonly isFailure: boolean
  readonly error: unknown
}

/** From one start of a child to its end. */
interface Life {
  readonly controller: AbortController
  /** Resolves when it is ready. */
  readonly starting: Promise<Started>
  /** Its one stop, once that has begun. */
  stopping?: Promise<void>
}

/** Starts and stops one child: never twice beside itself, and with one stop for each start that succeeded. */
export class ChildRunner {
  readonly child: Child
  state: ChildState = 'stopped'
  restarts = 0
  /** The time before which it must not be started. */
  notBefore = -Infinity
  /** How it ended last, without having been asked to. */
  ending: Ending | undefined
  readonly #options: ChildRunnerOptions
  #life: Life | undefined
  #stuck: readonly string[] = []

  constructor(child: Child, options: ChildRunnerOptions) {
    this.child = child
    this.#options = {
      ...options,
      startTimeout: child.startTimeout ?? options.startTimeout,
      stopTimeout: child.stopTimeout ?? options.stopTimeout,
      forceTimeout: child.forceTimeout ?? options.forceTimeout,
      healthTimeout: child.healthTimeout ?? options.healthTimeout,
    }
  }

  /** Whether those who need it can start. */
  get isUsable(): boolean {
    return this.state === 'ready' || this.state === 'ended'
  }

  /** Makes it new, unless it still runs. */
  reset(): void {
    if (this.#life !== undefined) return
    this.state = 'stopped'
    this.restarts = 0
    this.notBefore = -Infinity
    this.ending = undefined
    this.#stuck = []
  }

  /**
   * Resolves when the child is ready, or `interrupt` is aborted: it must be stopped then. Rejects when it has failed.
   *
   * @param listeners `onReady` is called when the child is ready, `onEnd` when it ends after that without having been asked to.
   */
  async start(interrupt: AbortSignal, { onReady, onEnd }: LifeListeners): Promise<void> {
    const { clock, startTimeout } = this.#options
    const controller = new AbortController()
    const life: Life = { controller, starting: this.#callStart(controller.signal) }
    this.#life = life
    this.state = 'starting'
    const outcome = await settlesInTime(life.starting, { clock, timeout: startTimeout, signal: interrupt })
    if (outcome === 'aborted') return
    try {
      if (outcome === 'late') throw new StartTimeoutError(this.child.name, startTimeout)
      const { ended } = await life.starting
      this.state = 'ready'
      onReady()
      ended?.then(
        () => this.#end(life, { isFailure: false, error: undefined }, onEnd),
        (error: unknown) => this.#end(life, { isFailure: true, error }, onEnd),
      )
    } catch (error) {
      this.state = 'failed'
      this.ending = { isFailure: true, error }
      throw error
    }
  }

  /**
   * Resolves when the child has ended, or all time is over. The names are those of whom still runs: none, itself, or some
   * of its own.
   *
   * @param onError Hears what `stop` threw.
   */
  async stop(deadline: AbortSignal, onError: (error: unknown) => void): Promise<readonly string[]> {
    const life = this.#life
    if (this.state === 'stuck') return this.#stuck
    if (life === undefined) {
      if (this.state !== 'ended') this.state = 'stopped'
      return []
    }
    const { clock, stopTimeout, forceTimeout } = this.#options
    const force = new AbortController()
    const isStarting = this.state === 'starting' || this.state === 'failed'
    this.state = 'stopping'
    // What is not ready yet has only this signal to hear of it; what has failed needs it no longer.
    if (isStarting) life.controller.abort()
    life.stopping ??= this.#callStop(life, force.signal)
    let outcome = await settlesInTime(life.stopping, { clock, timeout: stopTimeout, signal: deadline })
    if (outcome !== 'settled') {
      force.abort()
      life.controller.abort()
      outcome = await settlesInTime(life.stopping, { clock, timeout: forceTimeout })
    }
    if (outcome !== 'settled') {
      const forget = (): void => this.#forget(life)
      life.stopping.then(forget, forget)
      return this.#markStuck([this.child.name])
    }
    this.#forget(life)
    try {
      await life.stopping
    } catch (error) {
      if (error instanceof ChildStuckError) {
        return this.#markStuck(error.children.map((name) => `${this.child.name}/${name}`))
      }
      onError(error)
    }
    return []
  }

  /** What the child says of its health. */
  async askHealth(signal: AbortSignal | undefined): Promise<ChildHealth> {
    const { name } = this.child
    const { clock, healthTimeout: timeout } = this.#options
    if (this.state === 'ended') return { name, state: this.state, isHealthy: this.ending?.isFailure !== true }
    if (this.state !== 'ready') return { name, state: this.state, isHealthy: false }
    const controller = new AbortController()
    const asking = this.#callHealth(controller.signal)
    const outcome = await settlesInTime(asking, { clock, timeout, signal })
    controller.abort()
    if (outcome === 'aborted') throw signal?.reason
    if (outcome === 'late') {
      const error = new Error(`Expected "${name}" to tell its health within ${timeout} ms, but it has not.`)
      return { name, state: this.state, isHealthy: false, error }
    }
    try {
      const health = await asking
      const { isHealthy = true, children } = health ?? {}
      return { name, state: this.state, isHealthy, ...(children !== undefined && { children }) }
    } catch (error) {
      return { name, state: this.state, isHealthy: false, error: redact(error) }
    }
  }

  /** What is known here, without what the child consists of. */
  describe(): Tree {
    return {
      name: this.child.name,
      state: this.state,
      restarts: this.restarts,
      ...(this.ending?.isFailure === true && { lastFailure: nameError(this.ending.error) }),
    }
  }

  // The three are asynchronous, so that what a child throws rejects.

  async #callStart(signal: AbortSignal): Promise<Started> {
    const started = await this.child.start(signal)
    const ended: unknown = started?.ended
    if (ended === undefined) return {}
    if (!isPromise(ended)) {
      throw new TypeError(`"ended" of "${this.child.name}" must be a promise, got ${describeValue(ended)}.`)
    }
    // It may be rejected while nobody looks: before the child is ready, or when it is stopped.
    ended.then(undefined, () => {})
    return { ended }
  }

  async #callStop({ controller, starting }: Life, force: AbortSignal): Promise<void> {
    let started: Started
    try {
      started = await starting
    } catch (error) {
      // What has failed to start has left nothing behind, unless it says so.
      if (error instanceof ChildStuckError) throw error
      return
    }
    try {
      await this.child.stop?.(force)
    } finally {
      controller.abort()
      // How it ended no longer matters.
      await started.ended?.then(undefined, () => {})
    }
  }

  async #callHealth(signal: AbortSignal): Promise<Health | void> {
    return this.child.health?.(signal)
  }

  #end(life: Life, ending: Ending, onEnd: () => void): void {
    if (this.#life !== life || this.state !== 'ready') return
    this.state = 'failed'
    this.ending = ending
    onEnd()
  }

  #markStuck(names: readonly string[]): readonly string[] {
    this.state = 'stuck'
    this.#stuck = names
    return names
  }

  #forget(life: Life): void {
    if (this.#life !== life) return
    this.#life = undefined
    this.state = 'stopped'
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null)?.then === 'function'
}

/** A name or a code, and no text that could hold a line break or a secret. */
const plainName = /^[\p{L}\p{N}_$.:-]{1,64}$/u

/** What tells an error apart, without its message. What was thrown may be anything. */
function nameError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'not an error'
  try {
    const { code, name } = error as Readonly<Record<string, unknown>>
    return (
      ([code, name].find((word) => typeof word === 'string' && plainName.test(word)) as string | undefined) ??
      'an error'
    )
  } catch {
    return 'an error'
  }
}
