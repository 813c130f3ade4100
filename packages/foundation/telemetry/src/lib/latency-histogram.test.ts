import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatencyHistogram } from './latency-histogram.ts'

function summarise(values: readonly number[]) {
  const histogram = new LatencyHistogram()
  for (const value of values) expect(histogram.record(value)).toBe(true)
  return histogram.summarise()
}

describe('LatencyHistogram', () => {
  it('has no summary before it has a value', () => {
    expect(summarise([])).toBeUndefined()
  })

  it('is exact where all values are the same', () => {
    expect(summarise([7, 7, 7])).toEqual({
      count: 3,
      sum: 21,
      min: 7,
      max: 7,
      p50: 7,
      p90: 7,
      p99: 7,
      buckets: [{ upTo: 7, count: 3 }],
    })
  })

  it('counts a value at a bound below the bound', () => {
    expect(summarise([1, 2, 4, 1024])?.buckets).toEqual([
      { upTo: 1, count: 1 },
      { upTo: 2, count: 1 },
      { upTo: 4, count: 1 },
      { upTo: 1024, count: 1 },
    ])
  })

  it('keeps what is shorter and longer than all buckets', () => {
    const day = 24 * 3_600_000
    expect(summarise([0, 1e-9, 7 * day, 365 * day])).toMatchObject({
      count: 4,
      min: 0,
      max: 365 * day,
      buckets: [
        { upTo: 2 ** -10, count: 2 },
        { upTo: 365 * day, count: 2 },
      ],
    })
  })

  it.each([Number.NaN, Infinity, -0.001, '3', undefined])('does not record %s', (value) => {
    const histogram = new LatencyHistogram()
    expect(histogram.record(value)).toBe(false)
    expect(histogram.summarise()).toBeUndefined()
  })

  it('puts every value into the bucket that holds it, loses none, and is at most 6.25 % above each quantile', () => {
    const latency = fc.double({ min: 0.001, max: 3_600_000, noNaN: true })
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 200 }), (values) => {
        const sorted = values.toSorted((a, b) => a - b)
        const summary = summarise(values)
        if (summary === undefined) throw new Error('There is a value, and so there is a summary.')
        let counted = 0
        for (const { upTo, count } of summary.buckets) {
          counted += count
          expect(sorted.filter((value) => value <= upTo)).toHaveLength(counted)
        }
        expect(counted).toBe(values.length)
        expect([summary.min, summary.max]).toEqual([sorted[0], sorted.at(-1)])
        for (const [share, quantile] of [
          [0.5, summary.p50],
          [0.9, summary.p90],
          [0.99, summary.p99],
        ] as const) {
          const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
          expect(quantile).toBeGreaterThanOrEqual(exact)
          expect(quantile).toBeLessThanOrEqual(exact * 1.0625)
        }
      }),
    )
  })
})
