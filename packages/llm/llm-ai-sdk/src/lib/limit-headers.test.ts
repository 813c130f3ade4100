import { describe, expect, it } from 'vitest'
import { readLimits, writeLimits } from './limit-headers.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

describe('readLimits', () => {
  it('reads the words of OpenAI', () => {
    const headers = {
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '1s',
      'X-RateLimit-Remaining-Tokens': '149984',
      'X-RateLimit-Reset-Tokens': '6m0s',
    }
    expect(readLimits(headers)).toEqual({
      requests: { remaining: 59, resetAfter: 1000 },
      tokens: { remaining: 149_984, resetAfter: 360_000 },
    })
  })

  it('reads the words of Anthropic, the limit of all tokens first', () => {
    const reset = '2026-01-01T00:00:30Z'
    const headers = {
      'anthropic-ratelimit-requests-remaining': '4',
      'anthropic-ratelimit-requests-reset': reset,
      'anthropic-ratelimit-tokens-remaining': '100',
      'anthropic-ratelimit-tokens-reset': reset,
      'anthropic-ratelimit-input-tokens-remaining': '70',
      'anthropic-ratelimit-input-tokens-reset': reset,
    }
    expect(readLimits(headers, now)).toEqual({
      requests: { remaining: 4, resetAfter: 30_000 },
      tokens: { remaining: 100, resetAfter: 30_000 },
    })
  })

  it.each([
    ['2m59.5s', 179_500],
    ['1h30m', 5_400_000],
    ['1d', 86_400_000],
    ['120ms', 120],
    ['8.64', 8640],
    ['2026-01-01T00:01:00Z', 60_000],
    ['2025-12-31T00:00:00Z', 0],
  ])('takes "%s" for %i ms', (reset, resetAfter) => {
    const headers = { 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': reset }
    expect(readLimits(headers, now)).toEqual({ requests: { remaining: 1, resetAfter } })
  })

  it.each<[unknown, unknown]>([
    ['1', undefined],
    ['1', ''],
    ['1', 'soon'],
    ['1', '1767225600000'],
    ['1', '-5s'],
    ['1', `${'9'.repeat(50_000)}s`],
    ['-1', '1s'],
    ['Infinity', '1s'],
    [1, '1s'],
  ])('takes a count of %j with the reset "%s" for none', (remaining, reset) => {
    expect(
      readLimits({ 'x-ratelimit-remaining-requests': remaining, 'x-ratelimit-reset-requests': reset }),
    ).toBeUndefined()
  })

  it.each([undefined, null, 'x', [], {}])('finds nothing in %j', (headers) => {
    expect(readLimits(headers)).toBeUndefined()
  })
})

describe('writeLimits', () => {
  it('writes what readLimits reads, never more and never sooner', () => {
    const headers = writeLimits({ requests: { remaining: 3.9, resetAfter: 1000.2 } })
    expect(headers).toEqual({ 'x-ratelimit-remaining-requests': '3', 'x-ratelimit-reset-requests': '1001ms' })
    expect(readLimits(headers)).toEqual({ requests: { remaining: 3, resetAfter: 1001 } })
  })
})
