import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, it } from 'vitest'
import { createMemoryDeadLetters } from './create-memory-dead-letters.ts'
import { createMemoryState } from './create-memory-state.ts'
import { createSqliteDeadLetters } from './create-sqlite-dead-letters.ts'
import { createSqliteState } from './create-sqlite-state.ts'
import { deadLetterCases } from './dead-letter-cases.ts'
import { stateCases } from './state-cases.ts'

runConformance(stateCases({ open: () => ({ state: createMemoryState(), close() {} }) }), {
  describe,
  it,
  title: 'createMemoryState',
})

runConformance(
  stateCases({
    open() {
      const folder = temporaryDirectory()
      const create = () => createSqliteState({ path: folder.join('in', 'state.db') })
      return { state: create(), reopen: create, close: () => folder.remove() }
    },
  }),
  { describe, it, title: 'createSqliteState' },
)

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
