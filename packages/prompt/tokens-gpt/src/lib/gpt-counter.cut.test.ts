import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fits, split, truncate } from '@empire/tokens'
import { gptEncodings } from '@empire/tokens/gpt'
import { array, assert, constantFrom, integer, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGptCounter } from './gpt-counter.ts'

const fragments = [
  'a',
  ' the',
  "'s",
  "'",
  'LL',
  '1',
  '字',
  '的一',
  '가',
  '😀',
  '🜁',
  '👨‍👩‍👧',
  'e\u0301',
  '\u0301',
  '\uD800',
  '\uDC00',
]
const spaces = [' ', '  ', '\n', ' \n', '\n ', '\r\n', '\u00A0', '\t', '\uFEFF']
const fragment = constantFrom(...fragments, ...spaces, '!', '=', '/', '\uFFFD', '<|endoftext|>')
const texts = oneof(
  array(fragment, { maxLength: 60 }).map((parts) => parts.join('')),
  array(constantFrom(...spaces), { maxLength: 60 }).map((parts) => parts.join('')),
  array(fragment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('').repeat(100)),
  string({ unit: 'binary', maxLength: 60 }),
)
const limits = oneof(integer({ min: 0, max: 8 }), integer({ min: 0, max: 200 }))

describe.each(gptEncodings)('with %s', (encoding) => {
  const counter = createGptCounter({ encoding })

  it('fits() is exact', () => {
    assert(
      property(texts, limits, (text, limit) => {
        expect(fits(counter, text, limit)).toBe(counter.count(text) <= limit)
      }),
    )
  })

  it('truncate() cuts between tokens of the text, within the limit', () => {
    assert(
      property(texts, limits, (text, limit) => {
        const beginning = truncate(counter, text, limit)
        expect(text.startsWith(beginning)).toBe(true)
        expect(counter.count(beginning)).toBeLessThanOrEqual(limit)
        const tokens = counter.encode(text)
        const cuts = Array.from({ length: Math.min(limit, tokens.length) + 1 }, (_, kept) => tokens.slice(0, kept))
        expect(cuts.map((cut) => counter.decode(cut))).toContain(beginning.toWellFormed())
      }),
    )
  })

  it('split() gives pieces within the limit that make up the text', () => {
    assert(
      property(texts, integer({ min: 4, max: 60 }), integer({ min: 0, max: 20 }), (text, limit, most) => {
        const overlap = Math.min(most, limit - 1)
        let covered = 0
        let joined = ''
        for (const piece of split(counter, text, limit, { overlap })) {
          expect(counter.count(piece.text)).toBeLessThanOrEqual(limit)
          expect(counter.count(text.slice(piece.start, covered))).toBeLessThanOrEqual(overlap)
          joined += text.slice(covered, piece.end)
          covered = piece.end
        }
        expect(joined).toBe(text)
      }),
    )
  })
})

describe('a first token that ends within a character', () => {
  const counter = createGptCounter({ encoding: 'r50k_base' })

  it('is no end for truncate()', () => {
    expect(counter.encode(' 字').map((token) => counter.decode([token]))).toEqual([' \uFFFD', '\uFFFD', '\uFFFD'])
    expect([1, 2, 3].map((limit) => truncate(counter, ' 字', limit))).toEqual(['', '', ' 字'])
  })

  it('is taken apart by split(), which has to go on', () => {
    expect(split(counter, ' 字 字', 2).map(({ text }) => text)).toEqual([' ', '字', ' ', '字'])
  })
})

describe('a long text', () => {
  const counter = createGptCounter()
  const { resolve } = createRequire(import.meta.url)
  const code = readFileSync(resolve('typescript'), 'utf8').slice(0, 500_000)

  it('is cut where its tokens end, though only its beginning was read', () => {
    const beginning = truncate(counter, code, 500)
    expect(counter.encode(code).slice(0, 500)).toEqual(counter.encode(beginning))
  })

  it('is split into pieces that are nearly full', () => {
    const pieces = split(counter, code, 500)
    expect(pieces.map(({ text }) => text).join('')).toBe(code)
    expect(pieces.length).toBeLessThan((counter.count(code) / 500) * 1.01 + 1)
  })

  it('does not fit, which is known without reading it', () => {
    expect(fits(counter, code, 100)).toBe(false)
    expect(fits(counter, code, counter.count(code))).toBe(true)
    expect(fits(counter, code, counter.count(code) - 1)).toBe(false)
  })

  it.each(['a', ' ', '字', '😀', '\n', '\u0301', '\uD800', '='])(
    'of 20,000 times %j is split and put together',
    (unit) => {
      const text = unit.repeat(20_000 / unit.length)
      const pieces = split(counter, text, 500, { overlap: 50 })
      expect(pieces.at(-1)?.end).toBe(text.length)
      for (const piece of pieces) expect(counter.count(piece.text)).toBeLessThanOrEqual(500)
    },
  )
})
