/** Counts the tokens of a piece: the bytes from `start` up to `end`. */
export type PieceCount = (bytes: Uint8Array, start: number, end: number) => number

/** By the number of bytes that are wanted of a word of four, little end first. */
const masks = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1)

/**
 * `count` with a memory: each piece has one slot, and what falls on a slot takes it over.
 *
 * Keys are compared whole, not by hash alone. Reads up to three bytes behind a piece.
 *
 * @param longest The most bytes that a piece may have, at most 255.
 * @param slotBits The number of slots as a power of two.
 */
export function memoisePieces(
  longest: number,
  slotBits: number,
  count: PieceCount,
): (bytes: Uint8Array, view: DataView, start: number, end: number) => number {
  const words = Math.ceil(longest / 4)
  const keys = new Int32Array(words << slotBits)
  /** Length * 256 + tokens; 0 is an empty slot. */
  const values = new Uint16Array(1 << slotBits)
  const key = new Int32Array(words)

  return (bytes, view, start, end) => {
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
    const slot = Math.imul(hash, 0x85ebca6b) >>> (32 - slotBits)
    const offset = slot * words
    const value = values[slot]!
    let same = value >> 8 === length
    for (let index = 0; same && index < used; index++) same = keys[offset + index] === key[index]
    if (same) return value & 0xff
    const tokens = count(bytes, start, end)
    for (let index = 0; index < used; index++) keys[offset + index] = key[index]!
    values[slot] = (length << 8) | tokens
    return tokens
  }
}
