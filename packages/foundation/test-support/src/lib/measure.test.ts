import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measure, median } from './measure.ts'

/** A clock that moves by what is said to be done. */
function createWork(): { now: () => number; work: (ms: number) => () => void } {
  let time = 0
  return { now: () => time, work: (ms) => () => void (time += ms) }
}

describe('measure', () => {
  it('gives times per call and ratios to the first candidate', async () => {
    const { now, work } = createWork()
    expect(await measure({ one: work(2), double: work(4), half: work(1) }, { samples: 3, now })).toEqual([
      { name: 'one', median: 2, fastest: 2, ratio: 1 },
      { name: 'double', median: 4, fastest: 4, ratio: 2 },
      { name: 'half', median: 1, fastest: 1, ratio: 0.5 },
    ])
  })

  it('is not led astray by single outliers', async () => {
    const { now, work } = createWork()
    let calls = 0
    const mostlyFast = (): void => (++calls % 5 === 0 ? work(1000)() : work(1)())
    const [, other] = await measure({ one: work(1), other: mostlyFast }, { samples: 9, sampleTime: 0, now })
    expect(other).toMatchObject({ median: 1, fastest: 1, ratio: 1 })
  })

  it('repeats a quick call until the sample is long enough', async () => {
    const { now, work } = createWork()
    let calls = 0
    const quick = (): void => {
      calls += 1
      work(0.01)()
    }
    const [result] = await measure({ quick }, { samples: 1, sampleTime: 1, now })
    expect(result?.median).toBeCloseTo(0.01)
    expect(calls).toBeGreaterThanOrEqual(200)
  })

  it('awaits what returns a promise', async () => {
    const { now, work } = createWork()
    const later = async (): Promise<void> => {
      await Promise.resolve()
      work(3)()
    }
    expect(await measure({ sync: work(1), later }, { samples: 2, now })).toMatchObject([{ ratio: 1 }, { ratio: 3 }])
  })

  it('takes turns, and begins each round with another candidate', async () => {
    const { now, work } = createWork()
    const order: string[] = []
    const take = (name: string) => (): void => {
      order.push(name)
      work(10)()
    }
    await measure({ a: take('a'), b: take('b'), c: take('c') }, { now, samples: 3 })
    expect(order.slice(-9).join('')).toBe('abcbcacab')
  })

  it('gives nothing for nothing', async () => {
    expect(await measure({})).toEqual([])
  })

  it('lets an error of a candidate through', async () => {
    const failure = new Error('broken')
    await expect(measure({ broken: () => Promise.reject(failure) })).rejects.toBe(failure)
  })

  it.each([{ samples: 0 }, { samples: 1.5 }, { sampleTime: Number.NaN }, { sampleTime: -1 }])(
    'refuses %j',
    async (options) => {
      await expect(measure({ nothing: () => {} }, options)).rejects.toThrow(TypeError)
    },
  )

  it('refuses a candidate that is no function', async () => {
    await expect(measure({ one: 3 as unknown as () => void })).rejects.toThrow(
      '"candidates" must hold functions, got a number (3) for "one".',
    )
  })
})

describe('median', () => {
  it('has as many values on either side', () => {
    expect(median([])).toBeNaN()
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values)
        const below = values.filter((value) => value < middle).length
        const above = values.filter((value) => value > middle).length
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2)
      }),
    )
  })
})
