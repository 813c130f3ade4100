import { describe, expect, it } from 'vitest'
import { compare, median } from './measure.ts'

function clock(): { now: () => number; pass: (time: number) => void } {
  let time = 0
  return { now: () => time, pass: (passed) => void (time += passed) }
}

describe('compare', () => {
  it('gives the time per call and the ratio to the first', async () => {
    const { now, pass } = clock()
    const results = await compare({ ours: () => pass(0.5), peer: () => pass(2) }, { now })
    expect(results).toEqual([
      { name: 'ours', median: 0.5, fastest: 0.5, ratio: 1 },
      { name: 'peer', median: 2, fastest: 2, ratio: 4 },
    ])
  })

  it('awaits candidates that give a promise', async () => {
    const { now, pass } = clock()
    const later = async (): Promise<void> => {
      await Promise.resolve()
      pass(3)
    }
    await expect(compare({ later }, { now })).resolves.toMatchObject([{ median: 3 }])
  })

  it('takes turns, and begins each round with another candidate', async () => {
    const { now, pass } = clock()
    const order: string[] = []
    const take = (name: string) => (): void => {
      order.push(name)
      pass(10)
    }
    await compare({ a: take('a'), b: take('b'), c: take('c') }, { now, samples: 3 })
    expect(order.slice(-9).join('')).toBe('abcbcacab')
  })

  it('is not led astray by one bad sample', async () => {
    const { now, pass } = clock()
    let call = 0
    const run = (): void => pass(call++ === 5 ? 1000 : 10)
    await expect(compare({ run }, { now, samples: 9 })).resolves.toMatchObject([{ median: 10, fastest: 10 }])
  })

  it('repeats a short call until the clock can tell', async () => {
    const { now, pass } = clock()
    let calls = 0
    const tick = (): void => {
      calls++
      pass(2 ** -10)
    }
    const [result] = await compare({ tick }, { now, samples: 1, sampleTime: 1 })
    expect(result?.median).toBe(2 ** -10)
    expect(calls).toBeGreaterThan(1024)
  })

  it('measures nothing when there is nothing', async () => {
    await expect(compare({})).resolves.toEqual([])
  })
})

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], Number.NaN],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })
})
