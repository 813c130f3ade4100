import { onAbort } from './on-abort.ts'

/**
 * The result of `work`, or a rejection with `signal.reason` if the signal is aborted first. The work goes on, and nobody hears how it
 * ends; what can be stopped takes the signal itself.
 */
export function abortable<Result>(work: Result | Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return Promise.resolve(work)
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => reject(signal.reason))
    Promise.resolve(work).then(resolve, reject).finally(stopListening)
  })
}
