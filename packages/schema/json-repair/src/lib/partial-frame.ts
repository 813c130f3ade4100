import { nothing } from './partial-sink.ts'
import { setOwn } from './set-own.ts'
import type { StreamRules } from './stream-rules.ts'

/** Of a container without entries: a million of them may be open. */
const none: never[] = []
Object.freeze(none)

/**
 * A container that is still open.
 *
 * It only ever grows, and a parent does not while a child is open. So a frame, a number of entries and the frames above it
 * say for good what was there at some moment.
 */
export class PartialFrame {
  readonly parent: PartialFrame | undefined
  /** How many entries the parent had when this one began, which it keeps until this one ends. */
  readonly parentCount: number
  /** Under which key of the parent, if that is an object. */
  readonly parentKey: string | undefined
  readonly rules: StreamRules | undefined
  /** Of the finished entries of an object. A key can come twice: the later one wins, in the place of the first. */
  keys: string[] | undefined
  /** Of the finished entries. */
  values: unknown[] = none
  /** An object of the finished entries. */
  #object: Record<string, unknown> | undefined
  /** Of the entry that is awaited. */
  key: string | undefined
  #positions: Map<string, number> | undefined
  #indexed = 0

  constructor(parent: PartialFrame | undefined, array: boolean, rules: StreamRules | undefined) {
    this.parent = parent
    this.parentCount = parent === undefined ? 0 : parent.values.length
    this.parentKey = parent?.key
    this.rules = rules
    this.keys = array ? undefined : none
  }

  add(value: unknown): void {
    if (this.values.length === 0) this.values = []
    this.values.push(value)
    if (this.keys === undefined) return
    if (this.keys.length === 0) this.keys = []
    const { key = '' } = this
    this.keys.push(key)
    this.key = undefined
    this.#object ??= {}
    setOwn(this.#object, key, value)
  }

  /** Where the entry stands that counts under `step`; -1 if there is none. */
  position(step: string | number): number {
    if (this.keys === undefined)
      return typeof step === 'number' && Number.isInteger(step) && step >= 0 && step < this.values.length ? step : -1
    if (typeof step !== 'string') return -1
    const { keys } = this
    this.#positions ??= new Map()
    for (; this.#indexed < keys.length; this.#indexed++)
      this.#positions.set(keys[this.#indexed] as string, this.#indexed)
    return this.#positions.get(step) ?? -1
  }

  /** The finished container. What it holds is given away, so nothing may be added later. */
  finish(): unknown {
    if (this.keys !== undefined) return this.#object ?? {}
    return this.values.length === 0 ? [] : this.values
  }

  /** A copy of what is finished and, unless it is `nothing`, of the entry that is open. */
  copy(open: unknown): unknown {
    if (this.keys === undefined) return this.#copyOfElements(open)
    const object = { ...this.#object }
    if (open !== nothing && this.key !== undefined) setOwn(object, this.key, open)
    return object
  }

  #copyOfElements(open: unknown): unknown[] {
    const { values } = this
    if (open === nothing) return values.slice()
    if (values.length === 0) return [open]
    // A slice of what is there costs half as much as any other way to a copy that is one longer.
    values.push(open)
    const copied = values.slice()
    values.pop()
    return copied
  }
}
