import { onAbort } from '@empire/clock'

/** The result of `work`, or the reason of `signal` if that is aborted first. The work goes on, heard by nobody. */
export function abortable<Result>(work: Result | Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return Promise.resolve(work)
  return new Promise((resolve, reject) => {
    const stop = onAbort(signal, () => reject(signal.reason))
    Promise.resolve(work).then(resolve, reject).finally(stop)
  })
}
