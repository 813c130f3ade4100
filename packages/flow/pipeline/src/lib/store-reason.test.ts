import { EmpireError } from '@empire/errors'
import { describe, expect, it } from 'vitest'
import { reviveReason, storeReason } from './store-reason.ts'

const key = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789'

describe('storeReason', () => {
  it('keeps of an error what a revived one needs', () => {
    const error = new EmpireError('rate_limited', 'Too many calls.', { details: { retryAfter: 10 }, retryable: true })
    const stored = JSON.parse(JSON.stringify(storeReason(error))) as ReturnType<typeof storeReason>
    const revived = reviveReason(stored)
    expect(revived).toBeInstanceOf(EmpireError)
    expect(revived).toMatchObject({
      code: 'rate_limited',
      message: 'Too many calls.',
      details: { retryAfter: 10 },
      retryable: true,
    })
  })

  it('keeps the code of other errors, as those of the platform have', () => {
    const revived = reviveReason(storeReason(Object.assign(new TypeError('No such file.'), { code: 'ENOENT' })))
    expect(EmpireError.isInstance(revived)).toBe(false)
    expect(revived).toMatchObject({ name: 'TypeError', code: 'ENOENT', message: 'No such file.' })
    expect(storeReason(Object.assign(new Error('Six.'), { code: 6 }))).not.toHaveProperty('code')
    expect(reviveReason(storeReason(Object.assign(new DOMException('Enough.', 'AbortError'))))).toHaveProperty(
      'code',
      20,
    )
  })

  it.each([
    ['the code of any error', Object.assign(new Error('No.'), { code: key })],
    ['the message of any error', new Error(`401 for ${key}`)],
    ['the details of an error', new EmpireError('refused', 'No.', { details: { authorization: `Bearer ${key}` } })],
    ['a value that is JSON', { apiKey: key }],
    ['words about another value', `call with ${key}`],
  ])('keeps no secret of %s', (_, reason) => {
    expect(JSON.stringify(storeReason(reason))).not.toContain(key)
  })

  it.each(['AbortError', 'TimeoutError'])('gives an %s of the platform as one again', (name) => {
    const revived = reviveReason(storeReason(new DOMException('Enough.', name)))
    expect(revived).toBeInstanceOf(DOMException)
    expect(revived).toMatchObject({ name, message: 'Enough.' })
  })

  it('has words for what is no JSON, and nothing for nothing', () => {
    expect(reviveReason(storeReason(() => 1))).toMatch(/function/)
    expect(reviveReason(storeReason(undefined))).toBe(undefined)
  })
})
