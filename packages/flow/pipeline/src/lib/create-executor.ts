import { expectKnownKeys } from '@empire/errors'
import { linkSignal, onAbort } from '@empire/clock'
import { checkRunOptions } from './check-run-options.ts'
import { expectObject } from './expect-option.ts'
import type { Journal } from './journal.ts'
import type { PipelineExecutor } from './pipeline-executor.ts'

/** What runs of an executor have in common. */
export interface ExecutorOptions {
  /** Where runs are kept. Default: nowhere. */
  readonly journal?: Journal | undefined
}

/** Runs pipelines in this process. With a journal they survive it: `close` suspends them. The journal is the caller's to close. */
export function createExecutor(options: ExecutorOptions = {}): PipelineExecutor {
  expectObject('createExecutor: "options"', options as unknown, 'an object')
  expectKnownKeys('createExecutor: "options"', options, ['journal'])
  const { journal } = options
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()

  async function track<Result>(run: Promise<Result>): Promise<Result> {
    running.add(run)
    try {
      return await run
    } finally {
      running.delete(run)
    }
  }

  return Object.freeze<PipelineExecutor>({
    async run(pipeline, input, runOptions = {}) {
      checkRunOptions('run', runOptions)
      const { signal, ...rest } = runOptions
      closing.signal.throwIfAborted()
      if (journal !== undefined)
        return track(pipeline.run(input, { ...rest, journal, signal, suspend: closing.signal }))
      // Without a journal there is nothing to go on with later: the run is aborted, and undone.
      const link = linkSignal(signal)
      const stopListening = onAbort(closing.signal, () => link.abort(closing.signal.reason))
      try {
        return await track(pipeline.run(input, { ...rest, signal: link.signal }))
      } finally {
        stopListening()
        link.unlink()
      }
    },
    async close() {
      closing.abort(new DOMException('The executor was closed.', 'AbortError'))
      await Promise.allSettled(running)
    },
  })
}
