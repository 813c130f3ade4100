import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, it } from 'vitest'
import { createMemoryDeadLetters } from './create-memory-dead-letters.ts'
import { createSqliteDeadLetters } from './create-sqlite-dead-letters.ts'
import { deadLetterCases } from './dead-letter-cases.ts'

runConformance(deadLetterCases({ open: () => ({ deadLetters: createMemoryDeadLetters(), close() {} }) }), {
  describe,
  it,
  title: 'createMemoryDeadLetters',
})

runConformance(
  deadLetterCases({
    open() {
      const folder = temporaryDirectory()
      const create = () => createSqliteDeadLetters({ path: folder.join('letters.db') })
      return { deadLetters: create(), reopen: create, close: () => folder.remove() }
    },
  }),
  { describe, it, title: 'createSqliteDeadLetters' },
)
