import { enlarge } from './enlarge.ts'

/** Between the values of a field: no phrase goes on behind it. */
const boundary = 0
/** A word that is not indexed: it counts as a place in a phrase. */
const gap = 1
const firstTerm = 2

/** A term of a phrase, and its place there in words. */
export interface PhraseTerm {
  readonly term: number
  readonly offset: number
}

/**
 * The terms of every text in its order, for phrases: per document and text field a run of numbers of seven bits a byte. Frequent
 * terms have small numbers, so a word takes one or two bytes.
 */
export class TokenStream {
  #bytes = new Uint8Array(0)
  /** By the key of an entry: where its run ends. Keys come in ascending order; it starts where the one before ends. */
  #ends = new Uint32Array(0)
  #keys = 0
  #start = 0
  #end = 0
  /** The numbers of one run, while it is looked through. */
  #run = new Uint32Array(64)

  get byteLength(): number {
    return this.#bytes.byteLength + this.#ends.byteLength
  }

  /** What there is, to be kept: not to be changed. */
  get parts(): { readonly bytes: Uint8Array; readonly ends: Uint32Array } {
    return { bytes: this.#bytes.subarray(0, this.#end), ends: this.#ends.subarray(0, this.#keys) }
  }

  /** Takes the parts of a stream that was kept. */
  restore(bytes: Uint8Array, ends: Uint32Array): void {
    this.#bytes = Uint8Array.from(bytes)
    this.#ends = Uint32Array.from(ends)
    this.#keys = ends.length
    this.#end = bytes.length
    this.#start = bytes.length
  }

  addTerm(term: number): void {
    this.#write(term + firstTerm)
  }

  addGap(): void {
    this.#write(gap)
  }

  addBoundary(): void {
    this.#write(boundary)
  }

  /** Ends the run of a key; those of the keys since the one before are empty. */
  endRun(key: number): void {
    if (key >= this.#ends.length) this.#ends = enlarge(this.#ends, key + 1)
    this.#ends.fill(this.#start, this.#keys, key)
    this.#ends[key] = this.#end
    this.#keys = key + 1
    this.#start = this.#end
  }

  /** Forgets what was added since the last run ended: of a document that was not taken. */
  dropRun(): void {
    this.#end = this.#start
  }

  /** Whether the run of a key has a phrase, with at most `slop` other words in between altogether. */
  hasPhrase(key: number, phrase: readonly PhraseTerm[], slop: number): boolean {
    const length = this.#read(key)
    const run = this.#run
    const first = (phrase[0] as PhraseTerm).term + firstTerm
    for (let start = 0; start < length; start += 1) {
      if (run[start] === first && this.#follows(start, length, phrase, slop)) return true
    }
    return false
  }

  /** Copies the run of a key, with new numbers of terms, to the end of another stream. */
  copyRun(key: number, target: TokenStream, targetKey: number, newNumber: (term: number) => number): void {
    const length = this.#read(key)
    for (let at = 0; at < length; at += 1) {
      const token = this.#run[at] as number
      target.#write(token < firstTerm ? token : newNumber(token - firstTerm) + firstTerm)
    }
    target.endRun(targetKey)
  }

  /** Where the phrase begins, each word is taken as early as it can be: that leaves the fewest words in between. */
  #follows(start: number, length: number, phrase: readonly PhraseTerm[], slop: number): boolean {
    const run = this.#run
    let at = start
    for (let next = 1; next < phrase.length; next += 1) {
      const { term, offset } = phrase[next] as PhraseTerm
      const wanted = term + firstTerm
      const last = Math.min(start + offset + slop, length - 1)
      const from = at + offset - (phrase[next - 1] as PhraseTerm).offset
      for (let passed = at + 1; passed < from; passed += 1) if (run[passed] === boundary) return false
      for (at = from; at <= last && run[at] !== wanted; at += 1) if (run[at] === boundary) return false
      if (at > last) return false
    }
    return true
  }

  /** Reads the run of a key into `#run`, and says how many numbers it has. */
  #read(key: number): number {
    if (key >= this.#keys) return 0
    let at = key === 0 ? 0 : (this.#ends[key - 1] as number)
    const end = this.#ends[key] as number
    if (end - at > this.#run.length) this.#run = new Uint32Array(2 * (end - at))
    let length = 0
    while (at < end) {
      let byte = this.#bytes[at++] as number
      let token = byte & 0x7f
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = this.#bytes[at++] as number
        token |= (byte & 0x7f) << shift
      }
      this.#run[length++] = token
    }
    return length
  }

  #write(token: number): void {
    if (this.#end + 5 > this.#bytes.length) this.#bytes = enlarge(this.#bytes, this.#end + 5)
    let rest = token
    while (rest > 0x7f) {
      this.#bytes[this.#end++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#bytes[this.#end++] = rest
  }
}
