import { setTimeout } from 'node:timers/promises'

/** Waits on the real clock, or rejects with `signal.reason` as soon as the signal is aborted. */
export async function sleep(ms: number, { signal }: { signal: AbortSignal }): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal })
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
}
