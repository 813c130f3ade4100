import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstChangedByte } from './first-changed-byte.ts'

describe('firstChangedByte', () => {
  it('is the length of what two texts begin with, in bytes', () => {
    expect(firstChangedByte('abc', 'abd')).toBe(2)
    expect(firstChangedByte('abc', 'ab')).toBe(2)
    expect(firstChangedByte('', 'a')).toBe(0)
    expect(firstChangedByte('äb', 'äc')).toBe(2)
    expect(firstChangedByte('abc', 'abc')).toBeUndefined()
  })

  it('may be within a character', () => {
    expect(firstChangedByte('😀', '😁')).toBe(3)
  })

  it('parts equal beginnings from what differs', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀', '😁', '\uD800') })
    fc.assert(
      fc.property(text, text, text, (start, before, after) => {
        const [old, young] = [Buffer.from(start + before), Buffer.from(start + after)]
        const position = firstChangedByte(start + before, start + after) ?? old.length
        expect(position).toBeGreaterThanOrEqual(Buffer.byteLength(start.slice(0, -1)))
        expect(old.subarray(0, position).equals(young.subarray(0, position))).toBe(true)
        expect(old[position] === young[position]).toBe(old.equals(young))
      }),
    )
  })
})
