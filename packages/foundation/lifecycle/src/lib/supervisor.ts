import type { Clock } from '@empire/clock'
import type { Child, Started } from './child.ts'
import type { Health } from './health.ts'
import type { RestartBudget } from './restart-budget-error.ts'
import type { Backoff } from './restart-history.ts'
import type { Strategy } from './supervision.ts'
import type { SupervisorEvent } from './supervisor-event.ts'
import type { Tree } from './tree.ts'

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
   * How long a child may take to start, in milliseconds. Default: 30,000. Nested supervisors have neither this limit nor
   * those below: their children have limits of their own.
   */
  readonly startTimeout?: number | undefined
  /** How long a child may take to stop before its signal is aborted, in milliseconds. Default: 5,000. */
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
   * Resolves when the supervisor was stopped, and is rejected when it gave up, or when children that were to stop still
   * run: if nobody handles that, nor has called `stop()`, it ends a Node process.
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
