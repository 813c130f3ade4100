import { describe, expect, it } from 'vitest'
import { createIndex } from './create-index.ts'
import { searchCases } from './search-cases.ts'

describe('an index in memory', () => {
  it.each(searchCases({ createIndex }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
