import { ChildRunner } from './child-runner.ts'
import { ChildStuckError } from './child-stuck-error.ts'
import type { Child, Started } from './child.ts'
import { type Clock, systemClock } from './clock.ts'
import { expectOptions } from './expect-options.ts'
import type { Health } from './health.ts'
import { orderChildren } from './order-children.ts'
import type { RestartBudget } from './restart-budget-error.ts'
import { type Backoff, RestartHistory } from './restart-history.ts'
import { type Strategy, Supervision } from './supervision.ts'
import type { SupervisorEvent } from './supervisor-event.ts'
import { printTree, type Tree } from './tree.ts'

/** Whom a supervisor looks after, and how. The settings of a child are for a supervisor that is a child itself. */
export interface SupervisorOptions extends Omit<Child, 'start' | 'stop' | 'health' | 'tree'> {
  /** Started one at a time: in this order, but each after those it needs. Stopped in the reverse order. */
  readonly children: readonly Child[]
  /** Default: `one-for-one`. */
  readonly strategy?: Strategy | undefined
  /** How often children may be started again, before the supervisor gives up. Default: 5 times within 60,000 ms. */
  readonly budget?: RestartBudget | undefined
  /** The pauses before restarts. */
  readonly backoff?: Backoff | undefined
  /**
   * How long a child may take to start, in milliseconds. Default: 30,000. Nested supervisors, whose children have limits of
   * their own, have none.
   */
  readonly startTimeout?: number | undefined
  /** How long a child may take to stop before its signal is aborted, in milliseconds. Default: 5,000; nested supervisors have no limit. */
  readonly stopTimeout?: number | undefined
  /** How long a child has left once that signal is aborted, before it counts as stuck, in milliseconds. Default: 1,000. */
  readonly forceTimeout?: number | undefined
  /** How long a child may take to tell its health, in milliseconds. Default: 5,000. */
  readonly healthTimeout?: number | undefined
  /** Hears what happens. What it throws becomes an unhandled rejection. */
  readonly onEvent?: ((event: SupervisorEvent) => void) | undefined
  /** Default: the time of the platform. */
  readonly clock?: Clock | undefined
}

/** What a supervisor that has started says of its end. */
export interface StartedSupervisor extends Started {
  /**
   * Resolves when the supervisor was stopped, and is rejected when it gave up: if nobody handles that, it ends a Node
   * process.
   */
  readonly ended: Promise<void>
}

/** Looks after children: a child itself, so that supervisors form a tree. */
export interface Supervisor extends Child {
  /** Whether all children are at work or done: when it is false, send no new work. */
  readonly isReady: boolean
  /**
   * Starts all children, and resolves when they are ready. It can be started again after its end.
   *
   * @param signal Stops all children when it is aborted.
   * @throws {ChildFailedError} when a child does not start; all others are stopped again.
   * @throws {ChildStuckError} when a child of an earlier start still runs.
   * @throws {TypeError} when it has been started already.
   */
  start(signal?: AbortSignal): Promise<StartedSupervisor>
  /**
   * Stops all children in the reverse order of their start, and resolves when they have ended. Does nothing more when they
   * have.
   *
   * @param signal Leaves them no more time when it is aborted.
   * @throws {ChildStuckError} with the names of those that still run after all deadlines.
   */
  stop(signal?: AbortSignal): Promise<void>
  /** Asks all children at the same time. It is healthy if all of them are. */
  health(signal?: AbortSignal): Promise<Health>
  /** How everything is at the moment. */
  tree(): Tree
  /** The tree as text, one line per child. */
  toString(): string
}

/**
 * A supervisor starts children in order, starts them again when they fail, and stops them in the reverse order.
 *
 * @throws {TypeError} for options that are none, children with the same name, and needs that are unknown or go in a circle.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  expectOptions(options)
  const { name, strategy = 'one-for-one', onEvent, clock = systemClock, healthTimeout = 5_000 } = options
  const { budget = { limit: 5, within: 60_000 }, backoff = {} } = options
  const { startTimeout = 30_000, stopTimeout = 5_000, forceTimeout = 1_000 } = options
  const runners = orderChildren(options.children).map(
    (child) => new ChildRunner(child, { clock, startTimeout, stopTimeout, forceTimeout }),
  )
  let current: Supervision | undefined

  // Asynchronous, so that what it throws stops no child.
  async function report(event: SupervisorEvent): Promise<void> {
    onEvent?.(event)
  }

  async function start(signal?: AbortSignal): Promise<StartedSupervisor> {
    signal?.throwIfAborted()
    if (current !== undefined && !current.isOver) {
      throw new TypeError(`"${name}" must not be started twice: stop() it first.`)
    }
    for (const runner of runners) runner.reset()
    const stuck = runners.filter(({ state }) => state === 'stuck').map(({ child }) => child.name)
    if (stuck.length > 0) throw new ChildStuckError(stuck)
    const history = new RestartHistory(budget, backoff)
    const supervision = new Supervision({ name, strategy, runners, budget, history, clock, onEvent: report })
    current = supervision
    linkAbort(signal, () => supervision.stop(signal?.reason), supervision)
    await supervision.ready.promise
    return { ended: supervision.ended.promise }
  }

  async function stop(signal?: AbortSignal): Promise<void> {
    const supervision = current
    if (supervision === undefined) return
    supervision.stop()
    linkAbort(signal, () => supervision.forceStop(), supervision)
    const stuck = await supervision.stuck
    if (stuck.length > 0) throw new ChildStuckError(stuck)
  }

  async function health(signal?: AbortSignal): Promise<Health> {
    signal?.throwIfAborted()
    const children = await Promise.all(runners.map((runner) => runner.askHealth(healthTimeout, signal)))
    return { isHealthy: children.every(({ isHealthy }) => isHealthy), children }
  }

  function tree(): Tree {
    const children = runners.map((runner) => runner.describe())
    return { name, state: current?.state ?? 'stopped', restarts: 0, strategy, children }
  }

  return Object.freeze({
    name,
    needs: options.needs,
    restart: options.restart,
    startTimeout: Infinity,
    stopTimeout: Infinity,
    get isReady(): boolean {
      return current?.state === 'ready' && runners.every(({ isUsable }) => isUsable)
    },
    start,
    stop,
    health,
    tree,
    toString: () => printTree(tree()),
  })
}

/** Calls `callback` when the signal is aborted, for as long as the supervision lasts. */
function linkAbort(signal: AbortSignal | undefined, callback: () => void, { stuck }: Supervision): void {
  if (signal === undefined) return
  if (signal.aborted) return callback()
  signal.addEventListener('abort', callback, { once: true })
  void stuck.then(() => signal.removeEventListener('abort', callback))
}
