import { describe, expect, it, vi } from 'vitest'
import { createEstimator } from './estimator.ts'
import type { TokenCounter } from './token-counter.ts'
import { truncate } from './truncate.ts'

/** Words and what is between them are tokens: lengths in the text. */
function createWords(): TokenCounter & { work(): number } {
  let work = 0
  const words = (text: string): string[] => {
    work += text.length
    return text.match(/ ?\w+|\W/gu) ?? []
  }
  const ids: string[] = []
  return {
    name: 'words',
    exact: false,
    count: (text) => words(text).length,
    encode: (text) => words(text).map((word) => (ids.includes(word) ? ids.indexOf(word) : ids.push(word) - 1)),
    decode: (tokens) => [...tokens].map((token) => ids[token]).join(''),
    work: () => work,
  }
}

describe('truncate', () => {
  it('cuts between tokens', () => {
    expect(truncate(createWords(), 'one two three four', 2)).toBe('one two')
  })

  it('gives the text itself when it fits', () => {
    expect(truncate(createWords(), 'one two', 2)).toBe('one two')
    expect(truncate(createWords(), '', 0)).toBe('')
  })

  it('gives nothing when nothing fits', () => {
    expect(truncate(createWords(), 'one', 0)).toBe('')
    const bytes: TokenCounter = { name: 'bytes', exact: false, count: (text) => Buffer.byteLength(text) }
    expect(truncate(bytes, '😀', 3)).toBe('')
    expect(truncate(bytes, 'a😀', 4)).toBe('a')
  })

  it('passes the model to every call', () => {
    const words = createWords()
    const calls = (['count', 'encode', 'decode'] as const).map((method) => vi.spyOn(words, method))
    truncate(words, 'one two three', 2, { model: 'gpt-4' })
    for (const call of calls) {
      expect(call).toHaveBeenCalled()
      for (const [, options] of call.mock.calls) expect(options).toMatchObject({ model: 'gpt-4' })
    }
  })

  it('reads no more of the text than the limit asks for', () => {
    const words = createWords()
    expect(truncate(words, 'word '.repeat(400_000), 10)).toBe('word '.repeat(10).trim())
    expect(words.work()).toBeLessThan(2000)
  })

  it('reads on when the tokens are long', () => {
    const words = createWords()
    const long = `${'a'.repeat(5000)} ${'b'.repeat(5000)} ${'c'.repeat(5000)}`
    expect(truncate(words, long, 2)).toBe(long.slice(0, 10_001))
  })

  it('counts when the counter cannot encode', () => {
    const { count } = createEstimator()
    const text = truncate(createEstimator(), 'The quick brown fox jumps over the lazy dog. '.repeat(100), 20)
    expect(count(text)).toBe(20)
    expect(text).toMatch(/^The quick brown fox jumps over the lazy dog\. /)
  })

  it('refuses what is no limit', () => {
    expect(() => truncate(createWords(), 'text', -1)).toThrow(
      new TypeError('Expected "limit" to be a number of tokens from 0 upwards, got a number (-1).'),
    )
  })
})
