import { describe, expect, it } from 'vitest'
import { createContract } from './contract.ts'

describe('createContract', () => {
  it('is named after the package', () => {
    expect(createContract().name).toBe('contract')
  })

  it('takes another name', () => {
    expect(createContract({ name: 'second' }).name).toBe('second')
  })

  it('makes what never changes', () => {
    expect(Object.isFrozen(createContract())).toBe(true)
  })
})
