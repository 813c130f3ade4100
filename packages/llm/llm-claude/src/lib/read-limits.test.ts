import { describe, expect, it } from 'vitest'
import { readLimits } from './read-limits.ts'

const now = Date.parse('2026-11-28T08:00:00Z')

function limits(headers: Record<string, string>): unknown {
  const named = Object.entries(headers).map(
    ([name, value]) => [`anthropic-ratelimit-${name}`, value] as [string, string],
  )
  return readLimits(new Headers(named), now)
}

describe('readLimits', () => {
  it('reads how much is left, and until when', () => {
    expect(
      limits({
        'requests-limit': '50',
        'requests-remaining': '49',
        'requests-reset': '2026-11-28T08:00:01.5Z',
        'tokens-remaining': '1000',
        'tokens-reset': '2026-11-28T07:59:00Z',
        'input-tokens-remaining': '7',
        'input-tokens-reset': '2026-11-28T08:01:00Z',
      }),
    ).toEqual({ requests: { remaining: 49, resetAfter: 1500 }, tokens: { remaining: 1000, resetAfter: 0 } })
  })

  it('takes the count of input where there is no other', () => {
    const headers = { 'input-tokens-remaining': '7', 'input-tokens-reset': '2026-11-28T08:01:00Z' }
    expect(limits(headers)).toEqual({ tokens: { remaining: 7, resetAfter: 60_000 } })
  })

  it.each([
    [{}],
    [{ 'requests-remaining': '49' }],
    [{ 'requests-remaining': 'many', 'requests-reset': '2026-11-28T08:00:01Z' }],
    [{ 'requests-remaining': '-1', 'requests-reset': '2026-11-28T08:00:01Z' }],
    [{ 'requests-remaining': '49', 'requests-reset': 'soon' }],
  ])('says nothing of %j', (headers) => {
    expect(limits(headers)).toBeUndefined()
  })
})
