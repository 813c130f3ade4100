import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createExecutor } from './create-executor.ts'
import { createMemoryJournal } from './create-memory-journal.ts'
import { createSqliteJournal } from './create-sqlite-journal.ts'
import { definePipeline } from './define-pipeline.ts'
import type { ExecutorPlace } from './executor-cases/executor-case.ts'
import { executorCases } from './executor-cases.ts'

function withoutJournal(): ExecutorPlace {
  return { open: () => createExecutor() }
}

function withMemory(): ExecutorPlace {
  const journal = createMemoryJournal()
  return { open: () => createExecutor({ journal }) }
}

function withSqlite(): ExecutorPlace {
  const directory = temporaryDirectory()
  const journal = createSqliteJournal({ path: directory.join('runs.sqlite') })
  return {
    open: () => createExecutor({ journal }),
    async dispose() {
      await journal.close()
      await directory.remove()
    },
  }
}

describe('createExecutor', () => {
  runConformance(executorCases({ create: withoutJournal }), { it, describe, title: 'without a journal' })
  runConformance(executorCases({ create: withMemory, durable: true }), { it, describe, title: 'with a memory journal' })
  runConformance(executorCases({ create: withSqlite, durable: true }), { it, describe, title: 'with a SQLite journal' })

  it('without a journal aborts its runs when it is closed, and undoes them', async () => {
    const log: string[] = []
    const executor = createExecutor()
    const pipeline = definePipeline('p').step('a', {
      run: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      compensate: () => log.push('undone'),
    })
    const run = executor.run(pipeline, undefined).catch((error: unknown) => error)
    await executor.close()
    expect(log).toEqual(['undone'])
    expect(await run).toMatchObject({ name: 'AbortError', message: 'The executor was closed.' })
    await expect(executor.run(pipeline, undefined)).rejects.toMatchObject({ message: 'The executor was closed.' })
  })
})
