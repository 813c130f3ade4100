import { enlarge } from './enlarge.ts'

/** A set of document numbers below a bound. */
export class Bitset {
  length: number
  words: Uint32Array<ArrayBuffer>

  constructor(length: number) {
    this.length = length
    this.words = new Uint32Array((length + 31) >>> 5)
  }

  /** Adds the number at the bound, which is then one higher. */
  push(): void {
    const number = this.length++
    if (number >>> 5 >= this.words.length) this.words = enlarge(this.words, (number >>> 5) + 1)
    this.add(number)
  }

  delete(number: number): void {
    ;(this.words[number >>> 5] as number) &= ~(1 << (number & 31))
  }

  has(number: number): boolean {
    return ((this.words[number >>> 5] as number) & (1 << (number & 31))) !== 0
  }

  add(number: number): void {
    ;(this.words[number >>> 5] as number) |= 1 << (number & 31)
  }

  /** Keeps what is in the other set, too. */
  intersect({ words }: Bitset): void {
    for (let at = 0; at < this.words.length; at += 1) (this.words[at] as number) &= words[at] as number
  }

  /** Takes in what is in the other set. */
  unite({ words }: Bitset): void {
    for (let at = 0; at < this.words.length; at += 1) (this.words[at] as number) |= words[at] as number
  }

  /** Takes out what is in the other set. */
  subtract({ words }: Bitset): void {
    for (let at = 0; at < this.words.length; at += 1) (this.words[at] as number) &= ~(words[at] as number)
  }

  copy(): Bitset {
    const copied = new Bitset(this.length)
    copied.words.set(this.words.subarray(0, copied.words.length))
    return copied
  }

  /** How many numbers are in it. */
  get size(): number {
    let size = 0
    for (let word of this.words) {
      word -= (word >>> 1) & 0x55555555
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
      size += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
    }
    return size
  }

  /** The numbers in it, ascending. */
  numbers(): Uint32Array {
    const numbers = new Uint32Array(this.size)
    let next = 0
    for (let at = 0; at < this.words.length; at += 1) {
      let word = this.words[at] as number
      while (word !== 0) {
        numbers[next++] = (at << 5) + 31 - Math.clz32(word & -word)
        word &= word - 1
      }
    }
    return numbers
  }
}
