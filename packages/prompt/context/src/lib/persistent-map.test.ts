import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PersistentMap } from './persistent-map.ts'

const key = fc.oneof(fc.constantFrom('', 'a', 'b', '__proto__', 'constructor'), fc.string({ maxLength: 2 }))

describe('PersistentMap', () => {
  it('holds what a copied Map would, from any map before it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), key, fc.nat())), (steps) => {
        const maps = [{ map: new PersistentMap<number>(), expected: new Map<string, number>() }]
        for (const [from, name, value] of steps) {
          const { map, expected } = maps[from % maps.length]!
          maps.push({ map: map.set(name, value), expected: new Map(expected).set(name, value) })
        }
        for (const { map, expected } of maps) {
          expect([...map]).toEqual([...expected].toSorted(([a], [b]) => (a < b ? -1 : 1)))
          for (const [, name] of steps) expect(map.get(name)).toBe(expected.get(name))
        }
      }),
    )
  })

  it('stays flat whatever the order of the keys', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => String(index).padStart(5, '0'))
    for (const order of [keys, keys.toReversed()]) {
      let compared = 0
      let map = new PersistentMap<number>()
      for (const [index, text] of order.entries()) map = map.set(text, index)
      // A key that tells how often it is compared.
      const probe = { valueOf: () => (compared++, '05000x') } as unknown as string
      map.get(probe)
      expect(compared).toBeGreaterThan(1)
      expect(compared).toBeLessThan(2 * Math.log2(10_000))
      expect([...map].length).toBe(10_000)
    }
  })
})
