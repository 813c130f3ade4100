import { describe, expect, it, vi } from 'vitest'
import { createEstimator } from './estimator.ts'
import { fits } from './fits.ts'
import type { TokenCounter } from './token-counter.ts'

const characters: TokenCounter = { name: 'characters', exact: false, count: (text) => text.length }

describe('fits', () => {
  it('says whether a text has at most so many tokens', () => {
    expect(fits(characters, 'four', 4)).toBe(true)
    expect(fits(characters, 'fives', 4)).toBe(false)
    expect(fits(characters, '', 0)).toBe(true)
  })

  it('tells the counter the model and when to stop', () => {
    const count = vi.fn<TokenCounter['count']>(() => 9)
    expect(fits({ ...characters, count }, 'text', 5, { model: 'gpt-4' })).toBe(false)
    expect(count.mock.calls).toEqual([['text', { model: 'gpt-4', limit: 5 }]])
  })

  it('looks at no more of the text than the limit asks for', () => {
    const read = vi.spyOn(String.prototype, 'charCodeAt')
    const long = 'word '.repeat(200_000)
    read.mockClear()
    const fit = fits(createEstimator(), long, 100)
    const reads = read.mock.calls.length
    read.mockRestore()
    expect(fit).toBe(false)
    expect(reads).toBeGreaterThan(0)
    expect(reads).toBeLessThan(1000)
  })

  it.each<[string, unknown[], string]>([
    [
      'no counter',
      [{}, 'a', 1],
      'Expected "counter" to be a TokenCounter, such as createEstimator() makes, got an object.',
    ],
    ['no text', [characters, 1, 1], 'Expected "text" to be a string, got a number (1).'],
    ['no limit', [characters, 'a'], 'Expected "limit" to be a number of tokens from 0 upwards, got undefined.'],
    [
      'half a limit',
      [characters, 'a', 0.5],
      'Expected "limit" to be a number of tokens from 0 upwards, got a number (0.5).',
    ],
    ['no options', [characters, 'a', 1, 'gpt-4'], '"options" must be an object, got a string ("gpt-4").'],
    ['a slip', [characters, 'a', 1, { modle: 'gpt-4' }], '"options" has no key "modle". Did you mean "model"?'],
    ['another key', [characters, 'a', 1, { overlap: 1 }], '"options" has no key "overlap". Known: model.'],
  ])('refuses %s', (_, args, message) => {
    expect(() => fits(...(args as Parameters<typeof fits>))).toThrow(new TypeError(message))
  })
})
