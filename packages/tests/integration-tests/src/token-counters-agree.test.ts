import { gptEncodings } from '@empire/tokens/gpt'
import { createGptCounter } from '@empire/tokens-gpt'
import { createTiktokenCounter } from '@empire/tokens-tiktoken'
import { array, assert, constantFrom, integer, oneof, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'

const words = [
  'a',
  'b',
  'the',
  ' the',
  'The',
  'THE',
  'É',
  'ß',
  'ǅ',
  'ʰ',
  'ª',
  'straße',
  'naïve',
  'İ',
  'ı',
  'ſ',
  'K',
  'ﬁ',
]
const contractions = ["'s", "'S", "'t", "'LL", "'re", "'Ve", "'d", "'m", "'ſ", '’s', '’LL', "''", "' s", "'x"]
const scripts = [
  '日',
  '本語',
  'ひ',
  'カ',
  '한국',
  '가',
  'ไทย',
  'हिन्दी',
  'עברית',
  'العربية',
  'Ωμέγα',
  'слово',
  'ქართ',
  '𝒜',
  '𐐨',
]
const marks = [
  '\u0301',
  '\u20DD',
  '\u0903',
  '\u{E0100}',
  'e\u0301',
  '\u200D',
  '\u200B',
  '\u200E',
  '\u200F',
  '\u202E',
  '\u2066',
  '\uFE0F',
]
const digits = ['1', '23', '4567', '٣', '१२३', '½', 'Ⅷ', '𝟙', '①', '²']
const spaces = [
  ' ',
  '  ',
  '   ',
  '\t',
  '\n',
  '\n\n\n',
  '\r\n',
  '\r',
  '\v',
  '\f',
  '\u00A0',
  '\u2028',
  '\u3000',
  '\uFEFF',
  '\u0085',
  '\u1680',
  '\u180E',
]
const signs = [
  '!',
  '?!',
  '/',
  '//',
  '.',
  '...',
  '_',
  '-',
  '"',
  '{"a":',
  '},\n',
  '=>',
  '<|',
  '|>',
  '$',
  '€',
  '©',
  '\0',
  '\u007F',
]
const pictures = ['😀', '👨‍👩‍👧', '🇩🇪', '🇩', '👍🏽', '❤️', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']
const broken = ['\uD800', '\uDC00', '\uDBFF\uDBFF', '\uFFFD', '\uFFFE', '\u{10FFFF}']
const special = ['<|endoftext|>', '<|fim_prefix|>', '<|fim_middle|>', '<|endofprompt|>', '<|im_start|>', '<|im_sep|>']
const fragment = constantFrom(
  ...[words, contractions, scripts, marks, digits, spaces, signs, pictures, broken, special].flat(),
)
const texts = oneof(
  array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
  array(tuple(fragment, integer({ min: 1, max: 200 })), { maxLength: 3 }).map((runs) =>
    runs.map(([part, times]) => part.repeat(times)).join(''),
  ),
  string({ unit: 'binary', maxLength: 100 }),
  string({ unit: 'grapheme', maxLength: 100 }),
  string({ unit: constantFrom(...'aeint '), minLength: 50, maxLength: 300 }),
)

describe.each(gptEncodings)('tokens-gpt and the reference, with %s', (encoding) => {
  const fast = createGptCounter({ encoding })
  const reference = createTiktokenCounter({ encoding })

  it('find the same tokens in every text', { timeout: 120_000 }, () => {
    assert(
      property(texts, (text) => {
        const tokens = reference.encode(text)
        expect(fast.encode(text)).toEqual(tokens)
        expect(fast.count(text)).toBe(tokens.length)
        expect(reference.count(text)).toBe(tokens.length)
        expect(fast.decode(tokens)).toBe(text.toWellFormed())
        expect(reference.decode(tokens)).toBe(text.toWellFormed())
      }),
      { numRuns: 500 },
    )
  })

  it('find the same tokens in long texts without a place to split', { timeout: 120_000 }, () => {
    for (const unit of [
      'a',
      ' ',
      '\n',
      '!',
      '=',
      'é',
      '字',
      '的一',
      '가',
      '😀',
      '\u0301',
      '\uD800',
      'ab',
      'Aa',
      '\t ',
    ]) {
      const text = unit.repeat(10_000 / unit.length)
      expect(fast.encode(text)).toEqual(reference.encode(text))
    }
  })

  it('refuse the same tokens', () => {
    for (const token of [-1, 0.5, 50_256, 100_256, 100_257, 199_998, 199_999, 200_018, 1e9]) {
      const decode = ({ decode: run }: typeof fast): string => {
        try {
          return run([token])
        } catch (error) {
          return String(error)
        }
      }
      expect(decode(fast)).toBe(decode(reference))
    }
  })
})
