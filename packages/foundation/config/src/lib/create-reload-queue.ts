/** One reload at a time. Whoever asks while one runs shares the next one: the running one may have read too early. */
export interface ReloadQueue<Result> {
  /** With `announce`, other processes are told of a change. */
  request(options: { announce: boolean }): Promise<Result>
}

interface Reload<Result> {
  announce: boolean
  readonly done: Promise<Result>
}

export function createReloadQueue<Result>(
  reload: (options: { announce: boolean }) => Promise<Result>,
): ReloadQueue<Result> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Reload<Result> | undefined
  return {
    request({ announce }) {
      if (next === undefined) {
        const done = running.then(() => {
          const options = { announce: next?.announce ?? announce }
          next = undefined
          return reload(options)
        })
        next = { announce, done }
        // Its callers hear of a failure; the reload after it starts all the same.
        running = done.catch(() => undefined)
      } else next.announce ||= announce
      return next.done
    },
  }
}
