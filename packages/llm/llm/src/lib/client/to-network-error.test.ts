import { describe, expect, it } from 'vitest'
import { ModelError } from '../model-error.ts'
import { toNetworkError } from './to-network-error.ts'

/** As fetch throws it. */
function failed(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) })
}

describe('toNetworkError', () => {
  it.each([
    ['ECONNREFUSED', 'was refused'],
    ['UND_ERR_SOCKET', 'was closed'],
    ['ENOTFOUND', 'failed: the name of the host is not known'],
    ['UND_ERR_CONNECT_TIMEOUT', 'took too long'],
    ['SOMETHING', 'broke'],
    ['constructor', 'broke'],
  ])('says what %s means', (code, what) => {
    const error = failed(code)
    expect(toNetworkError('Claude', error, undefined)).toMatchObject({
      code: 'network',
      message: `The connection to Claude ${what}. Check the network and the address.`,
      retryable: true,
      cause: error,
    })
  })

  it('ends where causes go in a circle', () => {
    const error = new Error('round')
    error.cause = error
    expect(toNetworkError('Claude', error, undefined)).toMatchObject({ code: 'network' })
  })

  it('passes an abort and a ModelError on', () => {
    const reason = new Error('enough')
    expect(toNetworkError('Claude', failed('ECONNRESET'), AbortSignal.abort(reason))).toBe(reason)
    const error = new ModelError('timeout', 'Too slow.')
    expect(toNetworkError('Claude', error, new AbortController().signal)).toBe(error)
  })
})
