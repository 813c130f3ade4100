import { setTimeout } from 'node:timers/promises'

/** A longer delay makes the timers of Node fire at once. */
const longestTimer = 2 ** 31 - 1

/** Waits on the real clock, or rejects with `signal.reason` as soon as the signal is aborted. */
export async function sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
  try {
    for (let left = ms; left > 0; left -= longestTimer) {
      await setTimeout(Math.min(left, longestTimer), undefined, signal && { signal })
    }
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  }
}
