import { describe, expect, it } from 'vitest'
import { ModelError } from '../model-error.ts'
import { errorData, errorFromData } from './error-data.ts'

const details = (facts: Readonly<Record<string, unknown>>) =>
  errorData(new ModelError('timeout', 'x', { details: facts })).details

describe('errorData', () => {
  it('is the error again, but for stack and cause', () => {
    const error = new ModelError('rate_limited', 'Slow down.', { details: { retryAfter: 3 }, cause: new Error('x') })
    const again = errorFromData(JSON.parse(JSON.stringify(errorData(error))))
    expect(again).toMatchObject({ code: 'rate_limited', message: 'Slow down.', retryable: true })
    expect(again.details).toEqual({ retryAfter: 3 })
    expect(again.cause).toBeUndefined()
  })

  it('keeps of the details what is JSON', () => {
    expect(details({ at: undefined, limit: 3 })).toStrictEqual({ limit: 3 })
    expect(details({ count: 1n })).toEqual({})
  })

  it.each([
    [new RangeError('deep'), { code: 'RangeError', message: 'deep' }],
    ['text', { code: 'string', message: 'text' }],
    [undefined, { code: 'undefined', message: 'undefined' }],
    [Object.create(null), { code: 'object', message: 'an object' }],
  ])('takes whatever is thrown', (thrown: unknown, data) => {
    expect(errorData(thrown)).toEqual({ ...data, retryable: false, details: {} })
  })
})
