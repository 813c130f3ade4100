import type { Health } from './health.ts'
import type { Tree } from './tree.ts'

/** What a supervisor starts, watches and stops. A supervisor is one itself. */
export interface Child {
  /** Unlike that of its siblings. */
  readonly name: string
  /** Siblings that are ready before this one starts, and stop after it has stopped. Default: none. */
  readonly needs?: readonly string[] | undefined
  /**
   * What follows when it ends without having been asked to: `always` starts it again, `on-failure` only if `ended` was
   * rejected, `never` leaves it. Default: `always`.
   */
  readonly restart?: 'always' | 'on-failure' | 'never' | undefined
  /** How long `start` may take, in milliseconds. Default: that of the supervisor. */
  readonly startTimeout?: number | undefined
  /** How long `stop` may take before its signal is aborted, in milliseconds. Default: that of the supervisor. */
  readonly stopTimeout?: number | undefined
  /**
   * How long it has left once that signal is aborted, in milliseconds, before it counts as stuck. Default: that of the
   * supervisor. Infinity is for what has deadlines of its own, as nested supervisors do: nothing else ends the wait.
   */
  readonly forceTimeout?: number | undefined
  /** How long `health` may take, in milliseconds. Default: that of the supervisor. */
  readonly healthTimeout?: number | undefined
  /**
   * Begins the work, and returns or resolves when it is ready for use. If it fails, it leaves nothing behind.
   *
   * The signal is aborted when the child has to end: at once for a child without `stop`, else when `stop` has returned or is
   * overdue.
   */
  start(signal: AbortSignal): Started | void | Promise<Started | void>
  /**
   * Ends the work, and resolves when it has ended. Called once after each `start` that succeeded, also when the child
   * has failed. The signal is aborted when there is no more time: what still runs must be cut off.
   */
  stop?(signal: AbortSignal): void | Promise<void>
  /** Throws or rejects when something is wrong, or says what: asked by `supervisor.health()`. The signal is aborted when the answer is overdue. */
  health?(signal: AbortSignal): Health | void | Promise<Health | void>
  /** What it consists of, for the printed tree. */
  tree?(): Tree
}

/** What a child that has started says of itself. */
export interface Started {
  /**
   * Settles when the child ends: rejected when it failed. Leave it out for a child that cannot end by itself. A
   * supervisor waits for it when it stops the child.
   */
  readonly ended?: Promise<unknown> | undefined
}
