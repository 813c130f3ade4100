import { describe, expect, it } from 'vitest'
import { createSchema } from './schema.ts'

describe('createSchema', () => {
  it('is named after the package', () => {
    expect(createSchema().name).toBe('schema')
  })

  it('takes another name', () => {
    expect(createSchema({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(createSchema())).toBe(true)
  })
})
