import { siftDown, siftUp } from './min-heap.ts'
import { extendHash, type Vocabulary } from './vocabulary.ts'

/** Positions and ranks are packed into one number, rank first: 2^53 leaves 31 bits for the position. */
const positions = 2 ** 31

/** For pieces up to this many bytes, which are nearly all. Larger ones get their own for the time of the call. */
const scratch = createScratch(4096)

interface Scratch {
  readonly size: number
  /** Hash of the piece up to each position. */
  readonly hashes: Int32Array
  /** Where the part ends that begins at a position, and where the part before it begins. */
  readonly ends: Int32Array
  readonly previous: Int32Array
  /** The token of a part; and the token that it makes with the next part, -1 if none. */
  readonly ids: Int32Array
  readonly pairs: Int32Array
  /** A binary heap of pairs: rank * positions + position. Pairs that are no more stay in it until they come up. */
  readonly heap: Float64Array
}

function createScratch(size: number): Scratch {
  return {
    size,
    hashes: new Int32Array(size + 1),
    ends: new Int32Array(size + 1),
    previous: new Int32Array(size + 1),
    ids: new Int32Array(size + 1),
    pairs: new Int32Array(size + 1),
    // A merge takes one pair out and puts at most two in: n pairs at the start, two more for each of fewer than n merges.
    heap: new Float64Array(size * 2 + 2),
  }
}

/**
 * Merges the bytes of a piece into tokens, lowest rank first, leftmost of equal rank first. Returns their number and
 * appends them to `into`. Takes O(n log n).
 */
export function mergePiece(
  vocabulary: Vocabulary,
  bytes: Uint8Array,
  start: number,
  end: number,
  into?: number[],
): number {
  const length = end - start
  const { byteIds, pairIds, powers, longest } = vocabulary
  const work = length <= scratch.size ? scratch : createScratch(length)
  const { hashes, ends, previous, ids, pairs, heap } = work
  let heapSize = 0
  hashes[0] = 0
  for (let position = 0; position < length; position++) {
    const byte = bytes[start + position]!
    hashes[position + 1] = extendHash(hashes[position]!, byte)
    ends[position] = position + 1
    previous[position] = position - 1
    ids[position] = byteIds[byte]!
    const pair = position + 1 < length ? pairIds[byte * 256 + bytes[start + position + 1]!]! : -1
    pairs[position] = pair
    if (pair !== -1) heap[heapSize++] = pair * positions + position
  }
  for (let index = (heapSize >> 1) - 1; index >= 0; index--) siftDown(heap, heapSize, index, heap[index]!)

  function pairAt(position: number): number {
    const middle = ends[position]!
    if (middle === length) return -1
    const pairEnd = ends[middle]!
    const pairLength = pairEnd - position
    if (pairLength > longest) return -1
    const hash = (hashes[pairEnd]! - Math.imul(hashes[position]!, powers[pairLength]!)) | 0
    return vocabulary.find(bytes, start + position, start + pairEnd, hash)
  }

  let parts = length
  while (heapSize > 0) {
    const id = Math.floor(heap[0]! / positions)
    const position = heap[0]! - id * positions
    if (pairs[position] !== id) {
      heapSize--
      siftDown(heap, heapSize, 0, heap[heapSize]!)
      continue
    }
    const middle = ends[position]!
    const pairEnd = ends[middle]!
    parts--
    ids[position] = id
    ends[position] = pairEnd
    pairs[middle] = -1
    if (pairEnd < length) previous[pairEnd] = position
    const pair = pairAt(position)
    pairs[position] = pair
    if (pair === -1) heapSize--
    siftDown(heap, heapSize, 0, pair === -1 ? heap[heapSize]! : pair * positions + position)
    const before = previous[position]!
    if (before < 0) continue
    const pairBefore = pairAt(before)
    if (pairBefore !== -1) siftUp(heap, heapSize++, pairBefore * positions + before)
    pairs[before] = pairBefore
  }
  if (into === undefined) return parts
  for (let position = 0; position < length; position = ends[position]!) into.push(ids[position]!)
  return parts
}
