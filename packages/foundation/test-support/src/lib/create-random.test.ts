import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from './create-random.ts'

const anySeed = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))

describe('createRandom', () => {
  it('gives the same numbers for the same seed', () => {
    expect(take(createRandom(7).next)).toEqual([
      0.27860396773517726, 0.4970720154226643, 0.369335000849941, 0.0708605812597799, 0.5744291622224532,
    ])
    fc.assert(
      fc.property(anySeed, (seed) => {
        expect(take(createRandom(seed).next)).toEqual(take(createRandom(seed).next))
      }),
    )
  })

  it('gives other numbers for another seed, however near', () => {
    fc.assert(
      fc.property(anySeed, anySeed, (one, other) => {
        fc.pre(!Object.is(one, other) && !(one === 0 && other === 0))
        expect(take(createRandom(one).next)).not.toEqual(take(createRandom(other).next))
      }),
    )
  })

  it.each([Number.NaN, Infinity, undefined, null, {}])('refuses the seed %s', (seed) => {
    expect(() => createRandom(seed as number)).toThrow(TypeError)
  })
})

describe('next', () => {
  it('fills the range from 0 to below 1 evenly', () => {
    const { next } = createRandom('even')
    const counts = Array.from({ length: 10 }, () => 0)
    for (let draw = 0; draw < 100_000; draw++) {
      const place = Math.floor(next() * 10)
      counts[place] = (counts[place] ?? Number.NaN) + 1
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})

describe('integer', () => {
  it('stays within its bounds, both of which come up', () => {
    fc.assert(
      fc.property(anySeed, fc.integer(), fc.nat(), (seed, least, span) => {
        const value = createRandom(seed).integer(least, least + span)
        expect(Number.isSafeInteger(value) && value >= least && value <= least + span).toBe(true)
      }),
    )
    const { integer } = createRandom(1)
    expect(new Set(take(() => integer(1, 6), 200))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  })

  it.each([
    [2, 1],
    [0.5, 1],
    [0, Infinity],
    [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('refuses the bounds %s and %s', (least, most) => {
    expect(() => createRandom(1).integer(least, most)).toThrow(TypeError)
  })
})

describe('boolean', () => {
  it('is never or always true at the ends', () => {
    const { boolean } = createRandom(1)
    expect(take(() => boolean(0), 100)).not.toContain(true)
    expect(take(() => boolean(1), 100)).not.toContain(false)
    expect(new Set(take(boolean, 100)).size).toBe(2)
    expect(() => boolean(2)).toThrow(TypeError)
  })
})

describe('pick', () => {
  it('gives each item its turn', () => {
    const { pick } = createRandom(1)
    expect(new Set(take(() => pick(['a', 'b', 'c']), 100))).toEqual(new Set(['a', 'b', 'c']))
  })

  it('refuses an empty list', () => {
    expect(() => createRandom(1).pick([])).toThrow(
      '"items" must be an array with at least one item, got an empty array.',
    )
  })
})

describe('shuffle', () => {
  it('keeps every item, and the list as it was', () => {
    fc.assert(
      fc.property(anySeed, fc.array(fc.nat()), (seed, items) => {
        const before = [...items]
        const shuffled = createRandom(seed).shuffle(Object.freeze(items))
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b))
        expect(items).toEqual(before)
      }),
    )
  })

  it('makes every order equally likely', () => {
    const { shuffle } = createRandom('orders')
    const counts = new Map<string, number>()
    for (let round = 0; round < 6_000; round++) {
      const order = shuffle(['a', 'b', 'c']).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })
})

describe('bytes', () => {
  it('gives as many as asked for', () => {
    expect(createRandom(1).bytes(0)).toEqual(new Uint8Array())
    expect(new Set(createRandom(1).bytes(10_000)).size).toBe(256)
    expect(() => createRandom(1).bytes(-1)).toThrow(TypeError)
  })
})

describe('fork', () => {
  it('does not depend on what was drawn before, only on seed and name', () => {
    const used = createRandom(1)
    take(used.next, 50)
    expect(take(used.fork('a').next)).toEqual(take(createRandom(1).fork('a').next))
    expect(take(used.fork('a').next)).not.toEqual(take(used.fork('b').next))
    expect(take(createRandom('1').fork('a').next)).not.toEqual(take(createRandom(1).fork('a').next))
  })
})

function take<Item>(draw: () => Item, count = 5): Item[] {
  return Array.from({ length: count }, () => draw())
}
