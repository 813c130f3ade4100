/** A callback and the time at which it is due. */
export interface Timer {
  readonly id: number
  readonly due: number
  readonly run: () => void
}

/** Timers by the time they are due, those of one time in the order they were set: a binary heap. */
export class TimerQueue {
  readonly #heap: Timer[] = []
  readonly #waiting = new Set<number>()

  /** How many timers wait. */
  get size(): number {
    return this.#waiting.size
  }

  add(timer: Timer): void {
    this.#waiting.add(timer.id)
    const heap = this.#heap
    let place = heap.push(timer) - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!isBefore(timer, heap[parent]!)) break
      heap[place] = heap[parent]!
      place = parent
    }
    heap[place] = timer
  }

  /** Forgets a timer. Its place in the heap is cleared when it comes up. */
  cancel(id: number): void {
    this.#waiting.delete(id)
  }

  /** Takes out the first timer that is due at `time`, if there is one. */
  takeDue(time: number): Timer | undefined {
    for (let first = this.#heap[0]; first !== undefined && first.due <= time; first = this.#heap[0]) {
      this.#removeFirst()
      if (this.#waiting.delete(first.id)) return first
    }
    return undefined
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1
      if (!isBefore(heap[child]!, last)) break
      heap[place] = heap[child]!
      place = child
    }
    heap[place] = last
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.id < other.id)
}
