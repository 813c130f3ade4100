import { describe, expect, it } from 'vitest'
import { createModel } from './model.ts'

describe('createModel', () => {
  it('is named after the package', () => {
    expect(createModel().name).toBe('model')
  })

  it('takes another name', () => {
    expect(createModel({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(createModel())).toBe(true)
  })
})
