import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHttpDate } from './parse-http-date.ts'

const in1994 = Date.UTC(1994, 0)

describe('parseHttpDate', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads the form of RFC 9110: %s',
    (text) => {
      expect(parseHttpDate(text, in1994)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37))
    },
  )

  it('takes two digits for the year at most 50 years ahead', () => {
    const in2026 = Date.UTC(2026, 0)
    expect(parseHttpDate('Friday, 06-Nov-76 08:49:37 GMT', in2026)).toBe(Date.UTC(2076, 10, 6, 8, 49, 37))
    expect(parseHttpDate('Sunday, 06-Nov-77 08:49:37 GMT', in2026)).toBe(Date.UTC(1977, 10, 6, 8, 49, 37))
  })

  it('reads back whatever the platform writes', () => {
    const longest = Date.UTC(10_000, 0) - 1
    const seconds = integer({ min: 0, max: Math.floor(longest / 1000) })
    assert(
      property(seconds, (at) => {
        expect(parseHttpDate(new Date(at * 1000).toUTCString(), 0)).toBe(at * 1000)
      }),
    )
  })

  it.each([
    '',
    'tomorrow',
    '1994',
    '2026-01-01T00:00:00Z',
    'Sun, 31 Feb 2026 08:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 06 Nov 1994 08:49:37 CET',
    'Sun, 06 Nov 1994 08:49:37 GMT\nX: y',
    'Sun, 06 nov 1994 08:49:37 GMT',
    `Sun, ${'0'.repeat(100_000)}6 Nov 1994`,
  ])('refuses %j', (text) => {
    expect(parseHttpDate(text, in1994)).toBeUndefined()
  })
})
