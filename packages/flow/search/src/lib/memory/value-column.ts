import type { CheckedValueField } from '../checked-schema.ts'
import { compareText } from '../compare-text.ts'
import type { Bitset } from './bitset.ts'
import { enlarge } from './enlarge.ts'

type Value = string | number | boolean

/**
 * The values of a field by document, one after another in a typed array: numbers and dates as they are, booleans as 0 and 1, keywords
 * as numbers of a dictionary.
 */
export class ValueColumn {
  readonly field: CheckedValueField
  /** By document: where its values end. They start where those of the document before end. */
  #ends = new Uint32Array(0)
  #documents = 0
  #end = 0
  #values: Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>
  /** Of keywords: the values by number, and the numbers by value. */
  readonly #strings: string[] = []
  readonly #numbers = new Map<string, number>()

  constructor(field: CheckedValueField) {
    this.field = field
    this.#values =
      field.type === 'keyword' ? new Uint32Array(0) : field.type === 'boolean' ? new Uint8Array(0) : new Float64Array(0)
  }

  get byteLength(): number {
    return this.#ends.byteLength + this.#values.byteLength
  }

  /** Of keywords: every value that there ever was, by its number. */
  get strings(): readonly string[] {
    return this.#strings
  }

  /** Adds the values of the next document. */
  add(values: readonly Value[]): void {
    const document = this.#documents++
    if (document >= this.#ends.length) this.#ends = enlarge(this.#ends, document + 1)
    for (const value of values) {
      if (this.#end >= this.#values.length)
        this.#values = enlarge(this.#values as Float64Array<ArrayBuffer>, this.#end + 1)
      this.#values[this.#end++] = typeof value === 'string' ? this.#intern(value) : Number(value)
    }
    this.#ends[document] = this.#end
  }

  /** How many documents were added. */
  get length(): number {
    return this.#documents
  }

  start(document: number): number {
    return document === 0 ? 0 : (this.#ends[document - 1] as number)
  }

  end(document: number): number {
    return this.#ends[document] as number
  }

  /** Where the values of each document end. Not to be changed. */
  get ends(): Uint32Array {
    return this.#ends.subarray(0, this.#documents)
  }

  /** Takes what was kept of a column: where values end, the values as numbers, and of keywords the dictionary. */
  restore(ends: Uint32Array, raw: ArrayLike<number>, strings: readonly string[]): void {
    for (const value of strings) this.#intern(value)
    this.#ends = Uint32Array.from(ends)
    this.#documents = ends.length
    this.#end = raw.length
    const Kind = this.#values.constructor as new (values: ArrayLike<number>) => Float64Array<ArrayBuffer>
    this.#values = new Kind(raw)
  }

  /** The values of all documents, as numbers. */
  get raw(): Float64Array | Uint32Array | Uint8Array {
    return this.#values.subarray(0, this.#end)
  }

  /** A value as it was given, from its number. */
  valueOf(raw: number): Value {
    if (this.field.type === 'keyword') return this.#strings[raw] as string
    return this.field.type === 'boolean' ? raw === 1 : raw
  }

  valuesOf(document: number): Value[] {
    return Array.from(this.#values.subarray(this.start(document), this.end(document)), (raw) => this.valueOf(raw))
  }

  /** The number of a value; `undefined` for a keyword that no document ever had. */
  rawOf(value: Value): number | undefined {
    return typeof value === 'string' ? this.#numbers.get(value) : Number(value)
  }

  /** Adds to a set the documents that have a value that is wanted. */
  collect(into: Bitset, isWanted: (raw: number) => boolean): void {
    const values = this.#values
    let at = 0
    for (let document = 0; document < this.#documents; document += 1) {
      const end = this.#ends[document] as number
      while (at < end && !isWanted(values[at] as number)) at += 1
      if (at < end) into.add(document)
      at = end
    }
  }

  /** Adds to a set the documents that have a value, by its number. */
  collectEqual(into: Bitset, raw: number): void {
    const values = this.#values
    const ends = this.#ends
    let at = 0
    for (let document = 0; document < this.#documents; document += 1) {
      const end = ends[document] as number
      while (at < end && values[at] !== raw) at += 1
      if (at < end) into.add(document)
      at = end
    }
  }

  /** Adds to a set the documents that have a number between two others, these included. */
  collectBetween(into: Bitset, least: number, most: number): void {
    const values = this.#values
    const ends = this.#ends
    let at = 0
    for (let document = 0; document < this.#documents; document += 1) {
      const end = ends[document] as number
      while (at < end && !((values[at] as number) >= least && (values[at] as number) <= most)) at += 1
      if (at < end) into.add(document)
      at = end
    }
  }

  /** Of several values the least in ascending order, the greatest in descending; `undefined` for none. */
  sortValue(document: number, order: 'asc' | 'desc'): number | undefined {
    const start = this.start(document)
    const end = this.end(document)
    if (start === end) return undefined
    let best = this.#values[start] as number
    for (let at = start + 1; at < end; at += 1) {
      const value = this.#values[at] as number
      if (this.compare(value, best) < 0 === (order === 'asc')) best = value
    }
    return best
  }

  /** The order of two values, by their numbers. */
  compare(left: number, right: number): number {
    if (this.field.type !== 'keyword') return left - right
    return left === right ? 0 : compareText(this.#strings[left] as string, this.#strings[right] as string)
  }

  #intern(value: string): number {
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    const number = this.#strings.push(value) - 1
    this.#numbers.set(value, number)
    return number
  }
}
