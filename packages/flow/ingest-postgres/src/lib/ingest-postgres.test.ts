import { describe, expect, it } from 'vitest'
import { createIngestPostgres } from './ingest-postgres.ts'

describe('createIngestPostgres', () => {
  it('is named after the package', () => {
    expect(createIngestPostgres().name).toBe('ingest-postgres')
  })

  it('takes another name', () => {
    expect(createIngestPostgres({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(createIngestPostgres())).toBe(true)
  })
})
