/** Puts `key` at `index` of a binary heap of `size`, or below. */
export function siftDown(heap: Float64Array, size: number, index: number, key: number): void {
  for (;;) {
    let child = index * 2 + 1
    if (child >= size) break
    if (child + 1 < size && heap[child + 1]! < heap[child]!) child++
    if (heap[child]! >= key) break
    heap[index] = heap[child]!
    index = child
  }
  heap[index] = key
}

/** Puts `key` at `index` of a binary heap, or above. */
export function siftUp(heap: Float64Array, index: number, key: number): void {
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (heap[parent]! <= key) break
    heap[index] = heap[parent]!
    index = parent
  }
  heap[index] = key
}
