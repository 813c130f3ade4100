import { PartialFrame } from './partial-frame.ts'
import { nothing, type PartialSink } from './partial-sink.ts'
import { snapshot } from './partial-snapshot.ts'
import type { StreamRules } from './stream-rules.ts'

/** Told of each element of the outermost array. The tree does not keep them. */
export interface TakeElements {
  begin(start: number): void
  take(value: unknown, end: number): void
}

/** The document so far: finished parts as plain values, and a frame for each container that is open. */
export class PartialTree implements PartialSink {
  readonly #rules: StreamRules | undefined
  readonly #take: TakeElements | undefined
  readonly #frames: PartialFrame[] = []
  #depth = 0
  #root: unknown = nothing

  constructor(rules?: StreamRules, take?: TakeElements) {
    this.#rules = rules
    this.#take = take
  }

  /** The finished document, or `nothing`. */
  get root(): unknown {
    return this.#root
  }

  /** Whether the document is, or was, an array. */
  get isArray(): boolean {
    return this.#depth > 0 ? this.#frames[0]?.keys === undefined : Array.isArray(this.#root)
  }

  open(array: boolean, start: number): void {
    this.begin(start)
    const parent = this.#depth === 0 ? undefined : this.#frames[this.#depth - 1]
    const rules = parent === undefined ? this.#rules : parent.rules?.at(parent.key ?? parent.values.length)
    this.#frames[this.#depth++] = new PartialFrame(parent, array, rules)
  }

  close(end: number): void {
    const frame = this.#frames[--this.#depth] as PartialFrame
    this.#frames.length = this.#depth
    this.#add(frame.finish(), end)
  }

  key(key: string): void {
    ;(this.#frames[this.#depth - 1] as PartialFrame).key = key
  }

  begin(start: number): void {
    if (this.#take !== undefined && this.#atElements()) this.#take.begin(start)
  }

  scalar(value: unknown, end: number): void {
    this.#add(value, end)
  }

  #atElements(): boolean {
    return this.#depth === 1 && this.#frames[0]?.keys === undefined
  }

  #add(value: unknown, end: number): void {
    if (this.#depth === 0) this.#root = value
    else if (this.#take !== undefined && this.#atElements()) this.#take.take(value, end)
    else (this.#frames[this.#depth - 1] as PartialFrame).add(value)
  }

  /** @param open The scalar at the end of the text that may go on, or `nothing`. */
  read(open: unknown): unknown {
    if (this.#root !== nothing) return this.#root
    const value = snapshot(this.#frames, this.#depth, open)
    return this.#rules?.done ? nothing : value
  }

  /** Whether what stands at `path` is there, and final. */
  isComplete(path: readonly (string | number)[]): boolean {
    let value = this.#root
    let step = 0
    for (; value === nothing && step < path.length; step++) {
      const frame = step < this.#depth ? (this.#frames[step] as PartialFrame) : undefined
      if (frame === undefined) return false
      const at = path[step] as string | number
      // What is open stands behind the finished entries, and hides one of the same key.
      if (at === (frame.keys === undefined ? frame.values.length : frame.key)) continue
      const position = frame.position(at)
      if (position < 0) return false
      value = frame.values[position]
    }
    if (value === nothing) return false
    for (; step < path.length; step++) {
      if (typeof value !== 'object' || value === null) return false
      const at = path[step] as string | number
      if (Array.isArray(value) !== (typeof at === 'number') || !Object.hasOwn(value, at)) return false
      value = (value as Record<string | number, unknown>)[at]
    }
    return true
  }
}
