import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, it } from 'vitest'
import { createMemoryState } from './create-memory-state.ts'
import { createSqliteState } from './create-sqlite-state.ts'
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
