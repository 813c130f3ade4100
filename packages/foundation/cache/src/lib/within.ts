import type { Clock } from '@empire/clock'

/** What `work` gives, or an error once `limit` milliseconds have passed; the signal that it is given is aborted then. */
export async function within<Result>(
  clock: Clock,
  limit: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const isLate = new AbortController()
  const isDone = new AbortController()
  const timer = clock.sleep(limit, { signal: isDone.signal }).then(() => {
    const error = new Error(`There was no answer within ${limit} ms.`)
    isLate.abort(error)
    throw error
  })
  const answer = work(isLate.signal)
  try {
    // The timer can only reject: with the error above, or when the answer is there and nobody listens to it any more.
    return await Promise.race([answer, timer])
  } finally {
    isDone.abort()
    timer.catch(() => {})
    answer.catch(() => {})
  }
}
