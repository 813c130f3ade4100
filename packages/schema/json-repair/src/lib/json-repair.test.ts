import { describe, expect, it } from 'vitest'
import { createJsonRepair } from './json-repair.ts'

describe('createJsonRepair', () => {
  it('is named after the package', () => {
    expect(createJsonRepair().name).toBe('json-repair')
  })

  it('takes another name', () => {
    expect(createJsonRepair({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(createJsonRepair())).toBe(true)
  })
})
