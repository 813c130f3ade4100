import { EmpireError } from '@empire/errors'
import { describe, expect, it } from 'vitest'
import { isRetryable } from './is-retryable.ts'

describe('isRetryable', () => {
  it.each([
    ['an unknown error', new Error('boom')],
    ['something that is no error', 'boom'],
    ['undefined', undefined],
    ['an EmpireError that says so', new EmpireError('overloaded', 'Busy.', { retryable: true })],
    ['status 408', { status: 408 }],
    ['status 429', { statusCode: 429 }],
    ['status 529', { response: { status: 529 } }],
    ['a network failure of fetch', new TypeError('fetch failed', { cause: new Error('ECONNRESET') })],
    ['a timeout of the platform', new DOMException('late', 'TimeoutError')],
    ['an exit code under the name of status', { status: 1 }],
  ])('says yes to %s', (_name, error) => {
    expect(isRetryable(error)).toBe(true)
  })

  it.each([
    ['an EmpireError that does not say so', new EmpireError('invalid_request', 'Wrong.')],
    ['an EmpireError that denies it, whatever its status', Object.assign(new EmpireError('x', 'y'), { status: 503 })],
    ['status 400', { status: 400 }],
    ['status 404', { response: { status: 404 } }],
    ['an abort', new DOMException('stop', 'AbortError')],
    ['misuse', new TypeError('x must be a number')],
    ['a bug', new ReferenceError('x is not defined')],
  ])('says no to %s', (_name, error) => {
    expect(isRetryable(error)).toBe(false)
  })
})
