import { enlarge } from './enlarge.ts'

/** What `TokenTable.get` gives for a token that it does not have. */
export const notKnown = -2

/** Numbers of an entry: the hash of the token, where its units start, how many they are, its value. */
const width = 4

/**
 * Distinct tokens in the order they came, each with a number. A hash table that is asked for a stretch of a text, so that an index makes
 * a string only of a token that it meets for the first time.
 */
export class TokenTable {
  /** By hash: the place of an entry plus 1; 0 is free. A power of two, at most half full. */
  #slots = new Int32Array(64)
  #entries = new Int32Array(0)
  #units = new Uint16Array(0)
  #size = 0
  #end = 0
  /** Another one each time, so that nobody can make up texts whose tokens all have one hash. Nothing else depends on it. */
  readonly #factor = (Math.random() * 2 ** 32) | 1

  get size(): number {
    return this.#size
  }

  get byteLength(): number {
    return this.#slots.byteLength + this.#entries.byteLength + this.#units.byteLength
  }

  /** The token that came at a place, from 0. */
  token(at: number): string {
    const from = this.#entries[at * width + 1] as number
    return toText(this.#units.subarray(from, from + (this.#entries[at * width + 2] as number)))
  }

  /** The number of the token that came at a place. */
  value(at: number): number {
    return this.#entries[at * width + 3] as number
  }

  /** The number of the token that stands at a place of a text, or `notKnown`. */
  get(text: string, start: number, end: number): number {
    const hash = this.#hash(text, start, end)
    const slots = this.#slots
    const entries = this.#entries
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = (slots[slot] as number) - 1
      if (at < 0) return notKnown
      const entry = at * width
      if (entries[entry] === hash && this.#isAt(entry, text, start, end)) return entries[entry + 3] as number
    }
  }

  /** Adds a token that is not there. */
  add(token: string, value: number): void {
    if (2 * (this.#size + 1) > this.#slots.length) this.#spread()
    const entry = this.#size * width
    if (entry + width > this.#entries.length) this.#entries = enlarge(this.#entries, entry + width)
    if (this.#end + token.length > this.#units.length) this.#units = enlarge(this.#units, this.#end + token.length)
    const hash = this.#hash(token, 0, token.length)
    this.#entries[entry] = hash
    this.#entries[entry + 1] = this.#end
    this.#entries[entry + 2] = token.length
    this.#entries[entry + 3] = value
    for (let at = 0; at < token.length; at += 1) this.#units[this.#end++] = token.charCodeAt(at)
    this.#place(hash, this.#size++)
  }

  #isAt(entry: number, text: string, start: number, end: number): boolean {
    const units = this.#units
    if (this.#entries[entry + 2] !== end - start) return false
    let own = this.#entries[entry + 1] as number
    for (let at = start; at < end; at += 1) if (units[own++] !== text.charCodeAt(at)) return false
    return true
  }

  #hash(text: string, start: number, end: number): number {
    let hash = this.#factor
    for (let at = start; at < end; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), this.#factor)
      hash ^= hash >>> 15
    }
    return hash
  }

  #place(hash: number, at: number): void {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = at + 1
  }

  #spread(): void {
    this.#slots = new Int32Array(2 * this.#slots.length)
    for (let at = 0; at < this.#size; at += 1) this.#place(this.#entries[at * width] as number, at)
  }
}

/** As many units at a time as a call takes arguments. */
const stretch = 8192

function toText(units: Uint16Array): string {
  if (units.length <= stretch) return String.fromCharCode(...units)
  const parts: string[] = []
  for (let at = 0; at < units.length; at += stretch)
    parts.push(String.fromCharCode(...units.subarray(at, at + stretch)))
  return parts.join('')
}
