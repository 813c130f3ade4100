import type { Closure } from './closure.ts'

/** Work that takes a while, and all that must not change meanwhile. */
export interface Watch {
  /** The moment of the log since which nothing that it relies on may have changed. */
  beginning: number
  readonly closure: Closure
}
