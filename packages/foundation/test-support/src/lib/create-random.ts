import { describeValue } from '@empire/errors'

/** Numbers that look random and come out the same for the same seed. Its methods work without the object. */
export interface Random {
  /** What the stream began with: print it with a failure, to see the failure again. */
  readonly seed: number | string
  /** From 0 to below 1, with 53 random bits: stands in for `Math.random`. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  /** True with the given probability. Default: 0.5. */
  boolean(probability?: number): boolean
  /** One item of a list that is not empty. */
  pick<Item>(items: readonly Item[]): Item
  /** A copy of the list in another order; every order is equally likely. */
  shuffle<Item>(items: readonly Item[]): Item[]
  /** As many bytes as asked for. */
  bytes(length: number): Uint8Array<ArrayBuffer>
  /** A stream of its own, which depends on the seed and the name only: how much one part draws does not shift another. */
  fork(name: string): Random
}

/** Seeded randomness: sfc32, which passes PractRand and BigCrush. For tests, never for secrets. */
export function createRandom(seed: number | string): Random {
  if (typeof seed !== 'string' && !Number.isFinite(seed)) {
    throw new TypeError(`"seed" must be a finite number or a string, got ${describeValue(seed)}.`)
  }
  const word = startStream(`${typeof seed}:${seed}`)

  function next(): number {
    return ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53
  }

  function integer(least: number, most: number): number {
    const isRange = Number.isSafeInteger(least) && Number.isSafeInteger(most) && most - least < 2 ** 53
    if (!isRange || most < least) {
      const came = `${describeValue(least)} and ${describeValue(most)}`
      throw new TypeError(`"least" and "most" must be whole numbers, the lesser one first, got ${came}.`)
    }
    return least + Math.floor(next() * (most - least + 1))
  }

  return Object.freeze({
    seed,
    next,
    integer,

    boolean(probability = 0.5): boolean {
      if (!(probability >= 0 && probability <= 1)) {
        throw new TypeError(`"probability" must be a number from 0 to 1, got ${describeValue(probability)}.`)
      }
      return next() < probability
    },

    pick<Item>(items: readonly Item[]): Item {
      if (!Array.isArray(items) || items.length === 0) {
        throw new TypeError(`"items" must be an array with at least one item, got ${describeValue(items)}.`)
      }
      return items[integer(0, items.length - 1)] as Item
    },

    shuffle<Item>(items: readonly Item[]): Item[] {
      if (!Array.isArray(items)) throw new TypeError(`"items" must be an array, got ${describeValue(items)}.`)
      const shuffled = [...(items as readonly Item[])]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = integer(0, last)
        const item = shuffled[last] as Item
        shuffled[last] = shuffled[other] as Item
        shuffled[other] = item
      }
      return shuffled
    },

    bytes(length: number): Uint8Array<ArrayBuffer> {
      if (!Number.isSafeInteger(length) || length < 0) {
        throw new TypeError(`"length" must be a whole number of at least 0, got ${describeValue(length)}.`)
      }
      return Uint8Array.from({ length }, () => word() & 0xff)
    },

    fork(name: string): Random {
      if (typeof name !== 'string') throw new TypeError(`"name" must be a string, got ${describeValue(name)}.`)
      return createRandom(`${typeof seed}:${seed}/${name}`)
    },
  })
}

/** Random words of 32 bits. */
function startStream(text: string): () => number {
  let a = hash(text, 0x9e3779b9)
  let b = hash(text, 0x243f6a88)
  let c = hash(text, 0xb7e15162)
  let counter = 1
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  // The first words still resemble the seed.
  for (let round = 0; round < 15; round++) word()
  return word
}

/** FNV-1a over UTF-16 code units, finished as in MurmurHash3. */
function hash(text: string, start: number): number {
  let value = start
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return value ^ (value >>> 16)
}
