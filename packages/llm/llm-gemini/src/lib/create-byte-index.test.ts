import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createByteIndex } from './create-byte-index.ts'

describe('createByteIndex', () => {
  it('turns places in bytes into places in a string', () => {
    const toUnits = createByteIndex('aé☔👍z')
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(toUnits)).toEqual([
      0,
      1,
      undefined,
      2,
      undefined,
      undefined,
      3,
      undefined,
      undefined,
      undefined,
      5,
      6,
      undefined,
    ])
  })

  it('finds the end of each beginning of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const toUnits = createByteIndex(text)
        let unit = 0
        for (const character of text) {
          unit += character.length
          expect(toUnits(Buffer.byteLength(text.slice(0, unit)))).toBe(unit)
        }
      }),
    )
  })
})
