/** Work of one kind, never two of it at once. */
export interface Turns {
  /** What is going on now, if anything is. */
  readonly current: Promise<void> | undefined
  /** One that begins after this call, as soon as it can: all who ask for it until then share it. */
  next(): Promise<void>
}

/** Nobody waits for more than the turn going on and the one after it, however many ask meanwhile. */
export function createTurns(work: () => Promise<void>): Turns {
  let current: Promise<void> | undefined
  let waiting: Promise<void> | undefined

  async function begin(): Promise<void> {
    // Its failure is told to those who wait for it.
    await current?.catch(() => {})
    waiting = undefined
    current = work()
    try {
      await current
    } finally {
      current = undefined
    }
  }

  return {
    get current() {
      return current
    },
    next: () => (waiting ??= begin()),
  }
}
