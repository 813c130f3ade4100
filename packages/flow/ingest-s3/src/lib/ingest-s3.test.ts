import { describe, expect, it } from 'vitest'
import { createIngestS3 } from './ingest-s3.ts'

describe('createIngestS3', () => {
  it('is named after the package', () => {
    expect(createIngestS3().name).toBe('ingest-s3')
  })

  it('takes another name', () => {
    expect(createIngestS3({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(createIngestS3())).toBe(true)
  })
})
