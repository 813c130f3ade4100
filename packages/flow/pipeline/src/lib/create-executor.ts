import { expectKnown, expectObject } from './expect-option.ts'
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
  expectKnown('createExecutor', options, ['journal'])
  const { journal } = options
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  // Without a journal there is nothing to go on with: those runs are aborted, and undone.
  const stop = journal === undefined ? 'signal' : 'suspend'

  return Object.freeze<PipelineExecutor>({
    async run(pipeline, input, { signal, ...rest } = {}) {
      closing.signal.throwIfAborted()
      const signals =
        stop === 'suspend'
          ? { signal, suspend: closing.signal, journal }
          : { signal: signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]) }
      const run = pipeline.run(input, { ...rest, ...signals })
      running.add(run)
      try {
        return await run
      } finally {
        running.delete(run)
      }
    },
    async close() {
      closing.abort(new DOMException('The executor was closed.', 'AbortError'))
      await Promise.allSettled(running)
    },
  })
}
