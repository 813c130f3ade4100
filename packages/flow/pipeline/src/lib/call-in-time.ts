import { type Clock, linkSignal, onAbort } from '@empire/clock'
import { withTimeout } from '@empire/resilience'
import type { Timeout } from './planned-step.ts'

interface TimedCall {
  readonly timeout: Timeout
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Told when a call is no longer waited for though it runs, and with `false` when it has ended. */
  readonly onDeaf: (isRunning: boolean) => void
}

/**
 * Calls `task` and waits for it, also when the signal is aborted; but when its time is over, only for as long as the grace lasts.
 *
 * @throws {TimeoutError} When the time is over, whatever the task gives afterwards.
 */
export async function callInTime(
  task: (signal: AbortSignal) => unknown,
  { timeout, signal, clock, onDeaf }: TimedCall,
): Promise<unknown> {
  const link = linkSignal(signal)
  const work = new Promise((resolve) => resolve(task(link.signal)))
  let late: unknown
  try {
    return await withTimeout(
      ({ signal: timer }) => {
        onAbort(timer, () => {
          late = timer.reason
          link.abort(late)
        })
        return work
      },
      timeout.after,
      { clock },
    )
  } catch (error) {
    if (late !== undefined && error === late) await waitFor(work, timeout.grace, clock, onDeaf)
    throw error
  } finally {
    link.unlink()
  }
}

async function waitFor(
  work: Promise<unknown>,
  grace: number,
  clock: Clock,
  onDeaf: TimedCall['onDeaf'],
): Promise<void> {
  let isRunning = true
  const ended = work.then(nothing, nothing).then(() => (isRunning = false))
  const timer = new AbortController()
  const patience = clock.sleep(grace, { signal: timer.signal })
  await Promise.race([ended, patience])
  if (isRunning) {
    onDeaf(true)
    void ended.then(() => onDeaf(false))
    return
  }
  timer.abort()
  await patience.catch(nothing)
}

function nothing(): void {}
