/** Something that changes, and those who wait until it has come to a certain point. */
export class Progress {
  readonly #waiting = new Set<() => void>()

  /** Resolves as soon as `isReached()` is true, or rejects with `signal.reason`. */
  when(isReached: () => boolean, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (isReached()) return resolve()
      const look = (): void => {
        if (!isReached()) return
        stop()
        resolve()
      }
      const abort = (): void => {
        stop()
        reject(signal?.reason)
      }
      const stop = (): void => {
        this.#waiting.delete(look)
        signal?.removeEventListener('abort', abort)
      }
      this.#waiting.add(look)
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  /** Says that something has changed. */
  change(): void {
    for (const look of this.#waiting) look()
  }
}
