import { describe, expect, it } from 'vitest'
import { toModelError } from './to-model-error.ts'

const refusal = { vendor: 'Claude', status: 429, headers: {}, body: {} }
const used = (resetAfter: number) => ({ remaining: 0, resetAfter })
const left = { remaining: 5, resetAfter: 90_000 }

describe('toModelError', () => {
  it.each([
    ['a body that is no JSON', { count: 1n }],
    ['a body that is nested deeper than can be written', JSON.parse('['.repeat(200_000) + ']'.repeat(200_000))],
  ])('survives %s', (_, body: unknown) => {
    expect(toModelError({ ...refusal, body })).toMatchObject({ code: 'rate_limited', details: { status: 429 } })
  })

  it.each([
    [400, 'invalid_request'],
    [401, 'authentication'],
    [402, 'authentication'],
    [403, 'authentication'],
    [404, 'invalid_request'],
    [408, 'timeout'],
    [409, 'overloaded'],
    [413, 'context_too_long'],
    [429, 'rate_limited'],
    [500, 'overloaded'],
    [504, 'timeout'],
    [529, 'overloaded'],
  ])('tells what status %i means: %s', (status, code) => {
    expect(toModelError({ ...refusal, status })).toMatchObject({ code, details: { status } })
  })

  it('says what the vendor said, without secrets and not endlessly', () => {
    const key = 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    const body = { error: { message: `No ${key}`, more: 'x'.repeat(5000) } }
    const error = toModelError({ ...refusal, status: 401, message: `Wrong key ${key}.`, body, requestId: 'r1' })
    expect(error.message).toBe(
      'Claude refused the call with status 401: Wrong key [redacted]. Check the key and what it may do.',
    )
    expect(error.details.requestId).toBe('r1')
    expect(JSON.stringify(error.details)).not.toContain(key)
    expect(JSON.stringify(error.details).length).toBeLessThan(2200)
  })

  it.each([
    ['what the vendor asks for', { headers: { 'retry-after': '3' }, limits: { requests: used(9000) } }, 3000],
    ['until all that is used up is there again', { limits: { requests: used(1000), tokens: used(7000) } }, 7000],
    ['not for what is left', { limits: { requests: used(1000), tokens: left } }, 1000],
    ['no certain time when nothing is used up', { limits: { tokens: left } }, undefined],
    ['no certain time when nothing is known', {}, undefined],
    ['no certain time after another refusal', { status: 500, limits: { requests: used(1000) } }, undefined],
  ])('waits %s', (_, more, retryAfter) => {
    const { details } = toModelError({ ...refusal, ...more })
    expect(details.retryAfter).toBe(retryAfter)
    expect(details.limits).toEqual('limits' in more ? more.limits : undefined)
  })
})
