import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, it } from 'vitest'
import { createExecutor } from './create-executor.ts'
import { createMemoryJournal } from './create-memory-journal.ts'
import { createSqliteJournal } from './create-sqlite-journal.ts'
import { executorCases } from './executor-cases.ts'

describe('createExecutor', () => {
  runConformance(executorCases({ create: () => ({ open: () => createExecutor() }) }), {
    it,
    describe,
    title: 'without a journal',
  })

  const withMemory = () => {
    const journal = createMemoryJournal()
    return { open: () => createExecutor({ journal }) }
  }
  runConformance(executorCases({ create: withMemory, durable: true }), { it, describe, title: 'with a memory journal' })

  const withSqlite = () => {
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
  runConformance(executorCases({ create: withSqlite, durable: true }), { it, describe, title: 'with a SQLite journal' })
})
