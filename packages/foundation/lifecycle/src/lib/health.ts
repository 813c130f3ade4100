import type { ChildState } from './child-state.ts'

/** Whether something works, and each of its parts. */
export interface Health {
  readonly isHealthy: boolean
  /** In the order of their start. */
  readonly children?: readonly ChildHealth[] | undefined
}

/** Whether one child works. */
export interface ChildHealth extends Health {
  readonly name: string
  readonly state: ChildState
  /** What its `health` threw, without secrets, or why it was not asked. */
  readonly error?: unknown
}
