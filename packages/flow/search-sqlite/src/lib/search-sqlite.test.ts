import { describe, expect, it } from 'vitest'
import { createSearchSqlite } from './search-sqlite.ts'

describe('createSearchSqlite', () => {
  it('is named after the package', () => {
    expect(createSearchSqlite().name).toBe('search-sqlite')
  })

  it('takes another name', () => {
    expect(createSearchSqlite({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(createSearchSqlite())).toBe(true)
  })
})
