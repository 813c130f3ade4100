/** By the number of bytes that are wanted of a word of four, little end first. */
const masks = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1)

/** Remembers the number of tokens of pieces up to a size. Each piece has one slot; what falls on a slot takes it over. */
export interface PieceCache {
  /** The number of tokens of the bytes from `start` up to `end`, or 0. Reads up to three bytes behind `end`. */
  get(view: DataView, start: number, end: number): number
  /** Keeps the number for the bytes that `get` has just been asked for. */
  setLast(tokens: number): void
}

/** @param longest The most bytes of a piece, at most 255. @param slotBits How many slots, as a power of two. */
export function createPieceCache(longest: number, slotBits: number): PieceCache {
  const words = Math.ceil(longest / 4)
  const shift = 32 - slotBits
  const keys = new Int32Array(words << slotBits)
  /** Length * 256 + tokens; 0 is an empty slot. */
  const values = new Uint16Array(1 << slotBits)
  const key = new Int32Array(words)
  let lastSlot = 0
  let lastLength = 0

  function get(view: DataView, start: number, end: number): number {
    const length = end - start
    let hash = length
    let used = 0
    for (let position = start; position < end; position += 4) {
      let word = view.getInt32(position, true)
      if (end - position < 4) word &= masks[end - position]!
      key[used++] = word
      hash = Math.imul(hash ^ word, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    const slot = Math.imul(hash, 0x85ebca6b) >>> shift
    lastSlot = slot
    lastLength = length
    const value = values[slot]!
    if (value >> 8 !== length) return 0
    const offset = slot * words
    for (let index = 0; index < used; index++) if (keys[offset + index] !== key[index]) return 0
    return value & 0xff
  }

  function setLast(tokens: number): void {
    values[lastSlot] = (lastLength << 8) | tokens
    keys.set(key, lastSlot * words)
  }

  return { get, setLast }
}
