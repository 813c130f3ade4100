import { array, assert, constantFrom, integer, oneof, pre, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEstimator } from './estimator.ts'
import { fits } from './fits.ts'
import { split } from './split.ts'
import type { TokenCounter } from './token-counter.ts'
import { truncate } from './truncate.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** One token a byte. */
const bytes: TokenCounter = {
  name: 'bytes',
  exact: false,
  count: (text) => encoder.encode(text).length,
  encode: (text) => [...encoder.encode(text)],
  decode: (tokens) => decoder.decode(Uint8Array.from(tokens)),
}

/** Two bytes a token, from the start of the text: no boundary of a part is one of the whole, and half a pair is a token. */
const pairs: TokenCounter = {
  name: 'pairs',
  exact: false,
  count: (text) => Math.ceil(encoder.encode(text).length / 2),
  encode: (text) => {
    const all = encoder.encode(text)
    return Array.from({ length: Math.ceil(all.length / 2) }, (_, i) => all[i * 2]! * 512 + (all[i * 2 + 1] ?? 256))
  },
  decode: (tokens) =>
    decoder.decode(
      Uint8Array.from([...tokens].flatMap((token) => [token >> 9, token & 511]).filter((byte) => byte < 256)),
    ),
}

/** Counts fall as the text grows, and the decoder does not give back what was encoded. */
const odd: TokenCounter = {
  name: 'odd',
  exact: false,
  count: (text) => (text === '' ? 0 : Math.max(1, encoder.encode(text).length - (text.endsWith('b') ? 5 : 0))),
  encode: (text) => Array.from({ length: odd.count(text) }, () => 1),
  decode: (tokens) => 'x'.repeat([...tokens].length),
}

const counters = [bytes, pairs, odd, createEstimator()]

const fragments = [
  'a',
  'b',
  ' ',
  'word',
  '\n',
  'é',
  '字',
  '😀',
  '👨‍👩‍👧',
  '\uD800',
  '\uDC00',
  '\uFEFF',
  '\uFFFD',
  'e\u0301',
  '\0',
]
const texts = oneof(
  array(constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join('')),
  string({ unit: 'binary', maxLength: 60 }),
  constantFrom(...fragments).chain((part) => integer({ min: 1, max: 1000 }).map((times) => part.repeat(times))),
)
const limits = oneof(integer({ min: 0, max: 12 }), integer({ min: 0, max: 300 }))

function endsWithinCharacter(text: string, end: number): boolean {
  return end > 0 && end < text.length && (text.codePointAt(end - 1) ?? 0) > 0xffff
}

describe.each(counters)('with the counter "$name"', (counter) => {
  it('fits() says what the count says', () => {
    assert(
      property(texts, limits, (text, limit) => {
        expect(fits(counter, text, limit)).toBe(counter.count(text) <= limit)
      }),
    )
  })

  it('truncate() gives a beginning within the limit and whole characters, and all of what fits', () => {
    assert(
      property(texts, limits, (text, limit) => {
        const beginning = truncate(counter, text, limit)
        expect(text.startsWith(beginning)).toBe(true)
        expect(counter.count(beginning)).toBeLessThanOrEqual(limit)
        expect(endsWithinCharacter(text, beginning.length)).toBe(false)
        expect(beginning === text).toBe(counter.count(text) <= limit)
      }),
    )
  })

  it('split() gives pieces within the limit that make up the text, whatever they repeat', () => {
    const overlaps = integer({ min: 0, max: 20 })
    assert(
      property(texts, integer({ min: 4, max: 60 }), overlaps, (text, limit, most) => {
        const overlap = Math.min(most, limit - 1)
        let covered = 0
        let joined = ''
        for (const piece of split(counter, text, limit, { overlap })) {
          expect(piece.text).toBe(text.slice(piece.start, piece.end))
          expect(counter.count(piece.text)).toBeLessThanOrEqual(limit)
          expect(piece.end).toBeGreaterThan(covered)
          expect(endsWithinCharacter(text, piece.start) || endsWithinCharacter(text, piece.end)).toBe(false)
          expect(piece.start).toBeLessThanOrEqual(covered)
          expect(counter.count(text.slice(piece.start, covered))).toBeLessThanOrEqual(overlap)
          joined += text.slice(covered, piece.end)
          covered = piece.end
        }
        expect(joined).toBe(text)
      }),
    )
  })
})

describe('truncate', () => {
  it('gives as much as fits, in whole characters', () => {
    assert(
      property(texts, limits, (text, limit) => {
        const beginning = truncate(bytes, text, limit)
        const next = text.codePointAt(beginning.length)
        pre(next !== undefined)
        expect(bytes.count(beginning + String.fromCodePoint(next ?? 0))).toBeGreaterThan(limit)
      }),
    )
  })
})
