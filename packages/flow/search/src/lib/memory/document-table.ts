import { Bitset } from './bitset.ts'
import { enlarge } from './enlarge.ts'

/** The documents of an index by number, in the order they were added, with the lengths of their texts in terms. */
export class DocumentTable {
  readonly fieldBits: number
  /** By the key of an entry: `document << fieldBits | field`. */
  lengths = new Uint32Array(0)
  /** By text field: the sum of the lengths over the documents that were not removed. */
  readonly totals: number[]
  /** How many documents were removed since the table was made. */
  removals = 0
  /** The numbers of the documents that there are. Not to be changed by others. */
  readonly live = new Bitset(0)
  /** By number; `undefined` where the document was removed. */
  readonly #ids: (string | undefined)[] = []
  readonly #numbers = new Map<string, number>()

  constructor(fieldCount: number) {
    this.fieldBits = Math.ceil(Math.log2(Math.max(1, fieldCount)))
    this.totals = Array.from({ length: fieldCount }, () => 0)
  }

  /** How many documents there are. */
  get size(): number {
    return this.#numbers.size
  }

  /** The number that the next document gets. */
  get nextNumber(): number {
    return this.#ids.length
  }

  idOf(number: number): string | undefined {
    return this.#ids[number]
  }

  numberOf(id: string): number | undefined {
    return this.#numbers.get(id)
  }

  isLive(number: number): boolean {
    return this.live.has(number)
  }

  /** A number for a document that is not found by its id until `publish`. */
  add(id: string): number {
    const number = this.#ids.push(id) - 1
    const keys = (number + 1) << this.fieldBits
    if (keys > this.lengths.length) this.lengths = enlarge(this.lengths, keys)
    this.live.push()
    return number
  }

  setLength(number: number, field: number, length: number): void {
    this.lengths[(number << this.fieldBits) | field] = length
    this.totals[field] = (this.totals[field] as number) + length
  }

  /** Makes a document found by its id; one that had the id before is removed, and its number given. */
  publish(number: number): number | undefined {
    const id = this.#ids[number] as string
    const replaced = this.#numbers.get(id)
    this.#numbers.set(id, number)
    if (replaced !== undefined) this.discard(replaced)
    return replaced
  }

  /** Forgets a document that there is. */
  remove(number: number): void {
    this.#numbers.delete(this.#ids[number] as string)
    this.discard(number)
  }

  /** Takes a document out of the counts; its number stays unused. */
  discard(number: number): void {
    this.#ids[number] = undefined
    this.live.delete(number)
    this.removals += 1
    for (const field of this.totals.keys()) {
      this.totals[field] = (this.totals[field] as number) - (this.lengths[(number << this.fieldBits) | field] as number)
    }
  }
}
