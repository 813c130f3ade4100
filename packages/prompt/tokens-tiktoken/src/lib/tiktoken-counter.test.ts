import { tokenCounterCases } from '@empire/tokens/conformance'
import { gptEncodings, UnknownTokenError } from '@empire/tokens/gpt'
import { array, assert, constantFrom, property } from 'fast-check'
import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite'
import o200k from 'js-tiktoken/ranks/o200k_base'
import p50k from 'js-tiktoken/ranks/p50k_base'
import { describe, expect, it } from 'vitest'
import { createTiktokenCounter } from './tiktoken-counter.ts'

describe.each(gptEncodings)('createTiktokenCounter({ encoding: "%s" })', (encoding) => {
  it.each(tokenCounterCases(() => createTiktokenCounter({ encoding })))('$name', { timeout: 60_000 }, ({ run }) => {
    expect(run).not.toThrow()
  })
})

describe('createTiktokenCounter', () => {
  it('goes by o200k_base unless told otherwise', () => {
    expect(createTiktokenCounter()).toMatchObject({ name: 'o200k_base', exact: true, encoding: 'o200k_base' })
    expect(createTiktokenCounter({ model: 'gpt-4' }).encoding).toBe('cl100k_base')
  })
})

const fragments = [
  'a',
  'the',
  ' The',
  "'s",
  "'LL",
  '1',
  '234',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u00A0',
  '字',
  '😀',
  '\uD800',
  '\uFEFF',
  '!',
  '//',
  '<|endoftext|>',
  '<|fim_prefix|>',
  'x'.repeat(70),
  ' '.repeat(70),
]
const texts = array(constantFrom(...fragments), { maxLength: 20 }).map((parts) => parts.join(''))

describe.each<['o200k_base' | 'p50k_base', TiktokenBPE]>([
  ['o200k_base', o200k],
  ['p50k_base', p50k],
])('with %s', (encoding, ranks) => {
  const counter = createTiktokenCounter({ encoding })
  const reference = new Tiktoken(ranks)

  it('encodes as js-tiktoken does on its own', () => {
    assert(
      property(texts, (text) => {
        const tokens = reference.encode(text, [], [])
        expect(counter.encode(text)).toEqual(tokens)
        expect(counter.count(text)).toBe(tokens.length)
        expect(counter.decode(tokens)).toBe(text.toWellFormed())
      }),
    )
  })
})

describe('decode', () => {
  const { decode, encode } = createTiktokenCounter()

  it('keeps a byte order mark, and gives the replacement character for half a character', () => {
    expect(decode(encode('\uFEFF'))).toBe('\uFEFF')
    expect(decode(encode('🜁').slice(0, 1))).toBe('\uFFFD')
    expect(decode([])).toBe('')
  })

  it.each([-1, 0.5, Number.NaN, 199_999, 200_018, 1e9, '5', undefined])('refuses the token %s', (token) => {
    expect(() => decode([0, token as never])).toThrow(UnknownTokenError)
  })
})
