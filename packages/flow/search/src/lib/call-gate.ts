import { abortable } from '@empire/clock'
import { SearchError } from './search-error.ts'

/** Lets calls in until it is closed, and writes one after another. */
export interface CallGate {
  /** Runs beside all others. */
  run<Result>(work: () => Result | Promise<Result>, signal: AbortSignal | undefined): Promise<Result>
  /** Runs when the ones before it that run alone are done. A call aborted while it waits never starts. */
  runAlone<Result>(work: () => Result | Promise<Result>, signal: AbortSignal | undefined): Promise<Result>
  /** Lets no more calls in, and runs `work` once when those under way are done. */
  close(work: () => void | Promise<void>): Promise<void>
}

export function createCallGate(backend: string): CallGate {
  const underWay = new Set<Promise<unknown>>()
  let last: Promise<unknown> = Promise.resolve()
  let closing: Promise<void> | undefined

  function enter<Result>(start: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
    signal?.throwIfAborted()
    if (closing !== undefined) {
      throw new SearchError('index_closed', `The ${backend} index is closed. Open or create it anew.`, {
        details: { backend },
      })
    }
    const call = start()
    const settled = call.then(ignore, ignore)
    underWay.add(settled)
    settled.then(() => underWay.delete(settled))
    return call
  }

  return {
    async run(work, signal) {
      return abortable(
        enter(async () => work(), signal),
        signal,
      )
    },
    async runAlone(work, signal) {
      const call = enter(() => {
        const turn = last.then(() => {
          signal?.throwIfAborted()
          return work()
        })
        last = turn.then(ignore, ignore)
        return turn
      }, signal)
      return abortable(call, signal)
    },
    close(work) {
      closing ??= Promise.all(underWay).then(work)
      return closing
    },
  }
}

function ignore(): void {}
