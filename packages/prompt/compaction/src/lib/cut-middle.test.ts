import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutMiddle } from './cut-middle.ts'

describe('cutMiddle', () => {
  it('keeps both ends around a note of what is missing', () => {
    const text = cutMiddle(`${'a'.repeat(500)}${'b'.repeat(500)}`, 100)
    expect(text).toBe(`${'a'.repeat(34)}\n[… 932 characters left out …]\n${'b'.repeat(34)}`)
  })

  it('parts no surrogate pair, and gets no longer than allowed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 120 }),
        fc.integer({ min: 100, max: 119 }),
        fc.boolean(),
        (text, length, shift) => {
          const shifted = shift ? `a${text}` : text
          const cut = cutMiddle(shifted, length)
          expect(cut.length).toBeLessThanOrEqual(length)
          expect(cut.isWellFormed()).toBe(true)
          const [, start = '', missing, end = ''] = /^(.*)\n\[… (\d+) characters left out …\]\n(.*)$/s.exec(cut) ?? []
          expect(shifted.startsWith(start) && shifted.endsWith(end)).toBe(true)
          expect(start.length + Number(missing) + end.length).toBe(shifted.length)
        },
      ),
    )
  })
})
