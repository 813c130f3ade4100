import type { Assigns } from '@empire/template'
import type { Interrupt } from './interrupt.ts'
import type { ForloopDrop } from '../values/forloop-drop.ts'

/** Prints a block; is told what prints the one whose place it takes. */
export type BlockRenderer = (renderSuper: () => string) => Interrupt

/** What names stand for, and what tags remember. A template that is included with `render` has one of its own. */
export class Scope {
  /** What `assign` and `capture` have set. */
  readonly locals = new Map<string, unknown>()
  /** What `increment` and `decrement` have counted. */
  readonly counters = new Map<string, number>()
  /** How far each `cycle` has come. */
  readonly cycles = new Map<unknown, number>()
  /** Where each loop has ended, for `offset: continue`. */
  readonly offsets = new Map<string, number>()
  /** The loops that are running. */
  readonly loops: ForloopDrop[] = []
  /** What fills the blocks of a layout, by their names. */
  readonly blocks = new Map<string, BlockRenderer>()
  /** Whether blocks fill those of a layout instead of being printed. */
  storesBlocks = false
  /** What the last `ifchanged` printed. */
  lastChanged: string | undefined
  /** Whether `include` is refused here. */
  readonly isIsolated: boolean
  readonly #frames: Map<string, unknown>[] = []
  readonly #assigns: Assigns

  constructor(assigns: Assigns, isIsolated: boolean) {
    this.#assigns = assigns
    this.isIsolated = isIsolated
  }

  /** The value of a name, `undefined` if it has none: loops first, then what the template has set, then the assigns. */
  lookUp(name: string): unknown {
    for (let index = this.#frames.length - 1; index >= 0; index--) {
      const value = this.#frames[index]?.get(name)
      if (value !== undefined) return value
    }
    const local = this.locals.get(name)
    return local === undefined ? this.outer(name) : local
  }

  /** What a name stands for outside of the template: a counter or an assign. */
  outer(name: string): unknown {
    const count = this.counters.get(name)
    if (count !== undefined) return count
    if (!Object.hasOwn(this.#assigns, name)) return undefined
    const value = this.#assigns[name]
    return typeof value === 'function' ? (value as () => unknown).call(this.#assigns) : value
  }

  /** Names that stand for something as long as `task` runs. */
  within<Result>(frame: Map<string, unknown>, task: () => Result): Result {
    this.#frames.push(frame)
    try {
      return task()
    } finally {
      this.#frames.pop()
    }
  }
}
