import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './parse-retry-after.ts'

const now = Date.UTC(2026, 0, 1)

describe('parseRetryAfter', () => {
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': ' 1.5 ' }, 1500],
    [{ 'retry-after': 2 }, 2000],
    [{ 'Retry-After': ['3', '4'] }, 3000],
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    [{ 'retry-after-ms': 'soon', 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:59:59 GMT' }, 0],
    [{ 'retry-after': '9'.repeat(400) }, Number.MAX_SAFE_INTEGER],
  ])('reads %j as %d ms', (headers, expected) => {
    expect(parseRetryAfter(headers, { now })).toBe(expected)
  })

  it('reads a Headers object, whatever the case', () => {
    expect(parseRetryAfter(new Headers({ 'RETRY-AFTER': '7' }))).toBe(7000)
  })

  it('is not misled by a record with a header of the name "get"', () => {
    expect(parseRetryAfter({ get: 'x', 'retry-after': '7' })).toBe(7000)
  })

  it.each([
    {},
    { 'retry-after': '' },
    { 'retry-after': '-1' },
    { 'retry-after': '1e3' },
    { 'retry-after': '0x10' },
    { 'retry-after': 'Infinity' },
    { 'retry-after': 'NaN' },
    { 'retry-after': '٣' },
    { 'retry-after': [] },
    { 'retry-after': undefined },
    { 'retry-after': `${'1'.repeat(50_000)}.` },
  ])('understands nothing of %j', (headers) => {
    expect(parseRetryAfter(headers, { now })).toBeUndefined()
  })

  it('refuses a time that is none', () => {
    expect(() => parseRetryAfter({}, { now: Number.NaN })).toThrow(
      new TypeError('parseRetryAfter: "now" must be a number, got a number (NaN).'),
    )
  })

  it('refuses headers that are none', () => {
    expect(() => parseRetryAfter(undefined as never)).toThrow(
      new TypeError('parseRetryAfter: "headers" must be an object, got undefined.'),
    )
  })
})
