import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { Tiktoken } from 'js-tiktoken/lite'
import cl100k from 'js-tiktoken/ranks/cl100k_base'
import o200k from 'js-tiktoken/ranks/o200k_base'
import p50k from 'js-tiktoken/ranks/p50k_base'
import r50k from 'js-tiktoken/ranks/r50k_base'
import { describe, expect, it } from 'vitest'
import { createEncoding } from './encoding.ts'
import { loadEncoding } from './load-encoding.ts'
import { pieceEndR50k } from './piece-end.ts'
import { parseVocabulary } from './vocabulary.ts'

// What the splitters tell apart, beside what any text may hold.
const letters = 'a|b|the| the|The|THE|É|é|ß|ǅ|ʰ|ª|日|本語|ひ|한국|ไ|\u0301|\u20DD'
const digits = '1|23|4567|٣|½|Ⅷ|𝟙'
const spaces = ' |  |\t|\n|\r\n|\r|\v|\u00A0|\u2028|\u3000|\uFEFF|\u0085'
const signs = `!|?!|/|//|.|_|-|"|'|'s|'S|'t|'LL|'re|'Ve|'d|'m|'ſ|’s|{"a":|},\n|=>`
const others = '😀|👨‍👩‍👧|🇩🇪|\uD800|\uDC00|\u200D|\u{E0100}|𝒜|𐐨|\0|\u007F|<'
const fragments = constantFrom(...[letters, digits, spaces, signs, others].join('|').split('|'), '<|endoftext|>')
const mixes = array(fragments, { maxLength: 20 }).map((parts) => parts.join(''))
const repeats = array(fragments, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('').repeat(10))
const texts = oneof(
  mixes,
  repeats,
  string({ unit: 'binary', maxLength: 40 }),
  string({ unit: 'grapheme', maxLength: 40 }),
)

describe.each([
  ['o200k_base', o200k],
  ['cl100k_base', cl100k],
  ['p50k_base', p50k],
  ['r50k_base', r50k],
] as const)('%s', (name, ranks) => {
  const encoding = loadEncoding(name)
  const reference = new Tiktoken(ranks)

  it('equals the reference on every text', { timeout: 60_000 }, () => {
    assert(
      property(texts, (text) => {
        const tokens = reference.encode(text, [], [])
        expect(encoding.encode(text)).toEqual(tokens)
        expect(encoding.count(text, Infinity)).toBe(tokens.length)
        expect(encoding.decode(tokens)).toBe(text.toWellFormed())
      }),
      { numRuns: 400 },
    )
  })

  it('equals the reference on every kind of character', { timeout: 60_000 }, () => {
    const { source } = new RegExp(ranks.pat_str, 'u')
    for (let block = 0; block < 0x20000; block += 0x400) {
      if (block >= 0xd800 && block < 0xe000) continue
      const characters = Array.from({ length: 0x400 }, (_, index) => String.fromCodePoint(block + index))
      // Before and behind letters, digits, spaces and signs; without the ranks, which make the reference slow.
      const text = characters.map((character) => `a${character}B${character}1 ${character}!${character}\n`).join('')
      const pieces = text.match(new RegExp(source, 'gu')) ?? []
      const counted = pieces.reduce((sum, piece) => sum + encoding.count(piece, Infinity), 0)
      expect(encoding.count(text, Infinity), `U+${block.toString(16)}`).toBe(counted)
    }
  })

  it('equals the reference on long pieces', { timeout: 60_000 }, () => {
    for (const unit of [
      'a',
      'ab',
      ' ',
      '\n',
      ' \n',
      '!',
      '=',
      '0',
      '字',
      '的一',
      '가',
      '😀',
      '\u0301',
      'A',
      'aA',
      "'s",
    ]) {
      const text = unit.repeat(60)
      expect(encoding.count(text, Infinity)).toBe(reference.encode(text, [], []).length)
    }
  })

  it('counts many texts the same with its memory as without', () => {
    const words = Array.from({ length: 30_000 }, (_, index) => ` ${(index * 7919).toString(36)}`)
    for (const word of words) encoding.count(word, Infinity)
    for (const word of words.slice(0, 3000)) expect(encoding.count(word, Infinity)).toBe(encoding.encode(word).length)
  })
})

describe('o200k_base', () => {
  it('takes a text of a million characters without a place to split', () => {
    const { count, encode } = loadEncoding('o200k_base')
    expect(count('a'.repeat(1e6), Infinity)).toBe(125_000)
    expect(encode('字'.repeat(300_000))).toHaveLength(300_000)
  })
})

describe('count with a limit', () => {
  const ranks = readFileSync(createRequire(import.meta.url).resolve('gpt-tokenizer/data/r50k_base.tiktoken'))
  let split = 0
  const { count } = createEncoding('r50k_base', parseVocabulary(ranks), (bytes, start) => {
    split++
    return pieceEndR50k(bytes, start)
  })

  it('splits no further than the limit', () => {
    const text = 'word '.repeat(1000)
    split = 0
    expect(count(text, 100)).toBeGreaterThan(100)
    expect(split).toBeLessThanOrEqual(101)
  })

  it('reads nothing of a text that has more characters than so many tokens can have', () => {
    split = 0
    expect(count('word '.repeat(1_000_000), 100)).toBeGreaterThan(100)
    expect(split).toBe(0)
  })
})
