/** A base of the rolling hash: odd, with its bits spread. */
const base = 0x9e3779b1 | 0

/** The tokens of an encoding, their bytes in one array, found by hash. A token's id is its rank: lower merges first. */
export interface Vocabulary {
  /** The length of the longest token. */
  readonly longest: number
  /** One more than the highest id. */
  readonly size: number
  /** Bytes of all tokens; those of `id` are from `offsets[id]` up to `offsets[id + 1]`. */
  readonly pool: Uint8Array
  readonly offsets: Uint32Array
  /** Ids of the tokens of one byte. */
  readonly byteIds: Int32Array
  /** Ids of the tokens of two bytes, by first byte * 256 + second byte, -1 where there is none. */
  readonly pairIds: Int32Array
  /** Powers of the base of the hash, by exponent. */
  readonly powers: Int32Array
  /** The id of the token that equals `bytes` from `start` up to `end` and has this hash, or -1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number
}

/** The hash of what `hash` is of and one more byte. The hash of nothing is 0. */
export function extendHash(hash: number, byte: number): number {
  return (Math.imul(hash, base) + byte + 1) | 0
}

/** Reads lines of base64 and rank, ordered by rank: the format of tiktoken. */
export function parseVocabulary(file: Uint8Array): Vocabulary {
  const { pool, offsets, size } = parseTokens(file)
  // At most half full, so that a search that fails ends soon.
  const slots = 2 ** Math.ceil(Math.log2(size * 2))
  const shift = 32 - Math.log2(slots)
  const table = new Int32Array(slots * 2)
  const byteIds = new Int32Array(256)
  const pairIds = new Int32Array(256 * 256).fill(-1)
  let longest = 0
  for (let id = 0; id < size; id++) {
    const start = offsets[id]!
    const end = offsets[id + 1]!
    const length = end - start
    if (length === 0) continue
    if (length === 1) byteIds[pool[start]!] = id
    if (length === 2) pairIds[pool[start]! * 256 + pool[start + 1]!] = id
    if (length > longest) longest = length
    let hash = 0
    for (let position = start; position < end; position++) hash = extendHash(hash, pool[position]!)
    let slot = slotOf(hash, shift)
    while (table[slot * 2 + 1] !== 0) slot = slot + 1 === slots ? 0 : slot + 1
    table[slot * 2] = hash
    table[slot * 2 + 1] = id + 1
  }
  const powers = new Int32Array(longest + 1).fill(1)
  for (let exponent = 1; exponent <= longest; exponent++) powers[exponent] = Math.imul(powers[exponent - 1]!, base)

  function find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    for (let slot = slotOf(hash, shift); ; slot = slot + 1 === slots ? 0 : slot + 1) {
      const id = table[slot * 2 + 1]! - 1
      if (id === -1) return -1
      if (table[slot * 2] === hash && equalsToken(bytes, start, end, id)) return id
    }
  }

  function equalsToken(bytes: Uint8Array, start: number, end: number, id: number): boolean {
    const offset = offsets[id]!
    if (offsets[id + 1]! - offset !== end - start) return false
    for (let position = start, at = offset; position < end; position++, at++) {
      if (bytes[position] !== pool[at]) return false
    }
    return true
  }

  return { longest, size, pool, offsets, byteIds, pairIds, powers, find }
}

function slotOf(hash: number, shift: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> shift
}

function parseTokens(file: Uint8Array): { pool: Uint8Array; offsets: Uint32Array; size: number } {
  const digits = new Uint8Array(256)
  for (let index = 0; index < 64; index++) digits[base64Alphabet.charCodeAt(index)] = index
  // Three bytes for four digits; one id for each line of at least seven ("AA== 0\n").
  const pool = new Uint8Array(file.length)
  const offsets = new Uint32Array(Math.ceil(file.length / 7) + 2)
  let size = 0
  let filled = 0
  let position = 0
  while (position < file.length) {
    const start = filled
    while (file[position] !== 0x20) {
      const word =
        (digits[file[position]!]! << 18) |
        (digits[file[position + 1]!]! << 12) |
        (digits[file[position + 2]!]! << 6) |
        digits[file[position + 3]!]!
      pool[filled] = word >> 16
      pool[filled + 1] = word >> 8
      pool[filled + 2] = word
      filled += 3
      position += 4
    }
    if (file[position - 1] === 0x3d) filled -= file[position - 2] === 0x3d ? 2 : 1
    let id = 0
    for (position++; position < file.length && file[position]! >= 0x30; position++)
      id = id * 10 + file[position]! - 0x30
    while (position < file.length && file[position]! < 0x20) position++
    // Ids that no token has are empty.
    while (size <= id) offsets[size++] = start
    offsets[size] = filled
  }
  return { pool: pool.slice(0, filled), offsets: offsets.slice(0, size + 1), size }
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
