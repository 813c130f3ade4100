/** Why settings are loaded. */
export type ReloadCause = 'start' | 'call' | 'watch' | 'bus'

/** One reload at a time. Whoever asks while one runs shares the next one: the running one may have read too early. */
export interface ReloadQueue<Result> {
  /** The reload has the cause of the first who asked, unless that was another process: others may not know yet. */
  request(cause: ReloadCause): Promise<Result>
}

interface Reload<Result> {
  cause: ReloadCause
  readonly done: Promise<Result>
}

export function createReloadQueue<Result>(reload: (cause: ReloadCause) => Promise<Result>): ReloadQueue<Result> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Reload<Result> | undefined
  return {
    request(cause) {
      if (next === undefined) {
        const done = running.then(() => {
          const started = next?.cause ?? cause
          next = undefined
          return reload(started)
        })
        next = { cause, done }
        // Its callers hear of a failure; the reload after it starts all the same.
        running = done.catch(() => undefined)
      } else if (next.cause === 'bus') next.cause = cause
      return next.done
    },
  }
}
