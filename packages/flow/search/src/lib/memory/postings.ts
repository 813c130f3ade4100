import { enlarge } from './enlarge.ts'

const mostOccurrences = 0xffff

/** How long the run of a term may be before it moves: 0, 1, 2, 3, 4, 6, 8, 12 … At most a third of a room is unused. */
const roomSizes = [0, 1, ...Array.from({ length: 30 }, (_, step) => [2 ** (step + 1), 3 * 2 ** step]).flat()]

/** Of a term: where its run starts, how long it is, its room as an index of `roomSizes`, and in how many documents it occurs. */
const runLength = 1
const runRoom = 2
const runDocuments = 3

/**
 * Where each term occurs: per term a run of entries, ascending by key, side by side in typed arrays that all terms
 * share. A run that outgrows its room moves to a larger one, and the room that it leaves is used again.
 *
 * The key of an entry is `document << fieldBits | field`.
 */
export class Postings {
  readonly fieldBits: number
  /** Per entry: where the term occurs, and how often (65,535 stands for more, too). */
  keys = new Uint32Array(0)
  occurrences = new Uint16Array(0)
  /** Per term four numbers side by side, for they are used together: as the constants below say. */
  #runs = new Uint32Array(0)
  /** Per term: how many removals the count of its documents knows of. */
  #removalsKnown = new Uint32Array(0)
  #terms = 0
  #end = 0
  /** Where unused rooms start, by size. */
  readonly #unused: number[][] = roomSizes.map(() => [])

  constructor(fieldBits: number) {
    this.fieldBits = fieldBits
  }

  /** Where the run of a term starts in `keys` and `occurrences`. */
  start(term: number): number {
    return this.#runs[term << 2] as number
  }

  /** Where the run of a term ends, exclusive. */
  end(term: number): number {
    return (this.#runs[term << 2] as number) + (this.#runs[(term << 2) + runLength] as number)
  }

  /** Counts one more occurrence. The keys of a term must come in ascending order; a new term has the next number. */
  add(term: number, key: number): void {
    if (term === this.#terms) this.#addTerm()
    const last = this.end(term) - 1
    if (this.#runs[(term << 2) + runLength] === 0 || this.keys[last] !== key) this.#append(term, key, 1)
    else if ((this.occurrences[last] as number) < mostOccurrences) (this.occurrences[last] as number)++
  }

  /**
   * In how many documents a term occurs. Entries of removed documents are dropped from its run on the way, once per
   * removal at most: finding them at the time of removal would need a second index, from documents to terms.
   */
  documentCount(term: number, removals: number, isLive: (document: number) => boolean): number {
    if (removals > 0 && this.#removalsKnown.length < this.#terms) {
      this.#removalsKnown = enlarge(this.#removalsKnown, this.#terms)
    }
    if (removals > 0 && this.#removalsKnown[term] !== removals) {
      this.#dropRemoved(term, isLive)
      this.#removalsKnown[term] = removals
    }
    return this.#runs[(term << 2) + runDocuments] as number
  }

  /** Whether a term occurs in a field of a document that has a weight. */
  hasWeighted(term: number, document: number, weights: Float64Array): boolean {
    const end = this.end(term)
    const mask = (1 << this.fieldBits) - 1
    for (let at = this.#find(term, document); at < end; at += 1) {
      const key = this.keys[at] as number
      if (key >>> this.fieldBits !== document) return false
      if ((weights[key & mask] as number) > 0) return true
    }
    return false
  }

  /** In which fields of a document a term occurs, and how often. */
  entriesOf(term: number, document: number): { readonly field: number; readonly occurrences: number }[] {
    const entries: { field: number; occurrences: number }[] = []
    const end = this.end(term)
    for (let at = this.#find(term, document); at < end; at += 1) {
      const key = this.keys[at] as number
      if (key >>> this.fieldBits !== document) break
      entries.push({ field: key & ((1 << this.fieldBits) - 1), occurrences: this.occurrences[at] as number })
    }
    return entries
  }

  get byteLength(): number {
    return this.keys.byteLength + this.occurrences.byteLength + this.#runs.byteLength + this.#removalsKnown.byteLength
  }

  /** How many terms there are, also those whose documents are all removed. */
  get termCount(): number {
    return this.#terms
  }

  /**
   * Adds a copy of the run of a term of another index under new numbers of documents, as a new term. Gives its number, or
   * `undefined`, and adds none, if no document of it is left.
   */
  copyTerm(from: Postings, term: number, newNumber: (document: number) => number | undefined): number | undefined {
    let own: number | undefined
    for (let at = from.start(term); at < from.end(term); at += 1) {
      const key = from.keys[at] as number
      const document = newNumber(key >>> this.fieldBits)
      if (document === undefined) continue
      const field = key & ((1 << this.fieldBits) - 1)
      own ??= this.#addTerm()
      this.#append(own, ((document << this.fieldBits) | field) >>> 0, from.occurrences[at] as number)
    }
    return own
  }

  /** Adds a term with its run, as it was kept. */
  restoreTerm(keys: Uint32Array, occurrences: Uint16Array): void {
    const term = this.#addTerm()
    for (let at = 0; at < keys.length; at += 1) this.#append(term, keys[at] as number, occurrences[at] as number)
  }

  /** Where the first entry of a document stands in the run of a term, or would. */
  #find(term: number, document: number): number {
    const first = (document << this.fieldBits) >>> 0
    let low = this.start(term)
    let high = this.end(term)
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.keys[middle] as number) < first) low = middle + 1
      else high = middle
    }
    return low
  }

  #addTerm(): number {
    const term = this.#terms++
    if (this.#terms << 2 > this.#runs.length) this.#runs = enlarge(this.#runs, this.#terms << 2)
    return term
  }

  #append(term: number, key: number, occurrences: number): void {
    const run = term << 2
    const length = this.#runs[run + runLength] as number
    if (length === roomSizes[this.#runs[run + runRoom] as number]) this.#move(run)
    const end = (this.#runs[run] as number) + length
    const isNewDocument = length === 0 || (this.keys[end - 1] as number) >>> this.fieldBits !== key >>> this.fieldBits
    if (isNewDocument) (this.#runs[run + runDocuments] as number)++
    this.keys[end] = key
    this.occurrences[end] = occurrences
    this.#runs[run + runLength] = length + 1
  }

  /** Moves the run of a term to the next larger room. */
  #move(run: number): void {
    const room = this.#runs[run + runRoom] as number
    const start = this.#runs[run] as number
    const end = start + (this.#runs[run + runLength] as number)
    const target = this.#unused[room + 1]?.pop() ?? this.#claim(roomSizes[room + 1] as number)
    if (end - start < 32) {
      // Most runs are short: for them the call costs more than the copy.
      for (let at = start, to = target; at < end; at += 1, to += 1) {
        this.keys[to] = this.keys[at] as number
        this.occurrences[to] = this.occurrences[at] as number
      }
    } else {
      this.keys.copyWithin(target, start, end)
      this.occurrences.copyWithin(target, start, end)
    }
    if (room > 0) this.#unused[room]?.push(start)
    this.#runs[run] = target
    this.#runs[run + runRoom] = room + 1
  }

  #claim(size: number): number {
    const start = this.#end
    this.#end += size
    if (this.#end > this.keys.length) {
      this.keys = enlarge(this.keys, this.#end)
      this.occurrences = enlarge(this.occurrences, this.#end)
    }
    return start
  }

  #dropRemoved(term: number, isLive: (document: number) => boolean): void {
    const start = this.start(term)
    const end = this.end(term)
    let kept = start
    let documents = 0
    let previous = -1
    for (let at = start; at < end; at += 1) {
      const key = this.keys[at] as number
      const document = key >>> this.fieldBits
      if (!isLive(document)) continue
      if (document !== previous) documents += 1
      previous = document
      this.keys[kept] = key
      this.occurrences[kept] = this.occurrences[at] as number
      kept += 1
    }
    this.#runs[(term << 2) + runLength] = kept - start
    this.#runs[(term << 2) + runDocuments] = documents
  }
}
