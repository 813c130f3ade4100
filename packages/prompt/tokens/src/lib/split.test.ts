import { describe, expect, it } from 'vitest'
import { LimitTooSmallError } from './limit-too-small-error.ts'
import { split } from './split.ts'
import type { TokenCounter } from './token-counter.ts'

function createBytes(): TokenCounter & { work(): number } {
  let work = 0
  const encoder = new TextEncoder()
  const encode = (text: string): Uint8Array => {
    work += text.length
    return encoder.encode(text)
  }
  return {
    name: 'bytes',
    exact: false,
    count: (text) => encode(text).length,
    encode: (text) => [...encode(text)],
    decode: (tokens) => new TextDecoder().decode(Uint8Array.from(tokens)),
    work: () => work,
  }
}

const bytes = createBytes()

describe('split', () => {
  it('gives pieces and their places', () => {
    expect(split(bytes, 'abcdefg', 3)).toEqual([
      { text: 'abc', start: 0, end: 3 },
      { text: 'def', start: 3, end: 6 },
      { text: 'g', start: 6, end: 7 },
    ])
  })

  it('repeats the end of a piece', () => {
    expect(split(bytes, 'abcdefg', 4, { overlap: 2 }).map(({ text }) => text)).toEqual(['abcd', 'cdef', 'efg'])
  })

  it('repeats less rather than half a character, and nothing where that leaves no room', () => {
    expect(split(bytes, 'a😀bc', 6, { overlap: 3 }).map(({ text }) => text)).toEqual(['a😀b', 'bc'])
    expect(split(bytes, 'abc😀😀', 4, { overlap: 2 }).map(({ text }) => text)).toEqual(['abc', '😀', '😀'])
  })

  it('gives one piece of what fits, and none of nothing', () => {
    expect(split(bytes, 'abc', 3, { overlap: 2 })).toEqual([{ text: 'abc', start: 0, end: 3 }])
    expect(split(bytes, '', 3)).toEqual([])
  })

  it('refuses a character that is larger than a piece', () => {
    expect(() => split(bytes, 'ab😀', 3)).toThrow(LimitTooSmallError)
    expect(() => split(bytes, 'ab😀', 3)).toThrow(
      expect.objectContaining({
        code: 'limit_too_small',
        details: { limit: 3, tokens: 4, index: 2 },
        message:
          'Expected a limit of at least 4 tokens, which the character at index 2 has, got 3. A limit of 4 or more is always enough for a counter of bytes.',
      }),
    )
  })

  it('does work in proportion to the text', () => {
    const perCharacter = [20_000, 200_000].map((length) => {
      const counter = createBytes()
      split(counter, 'a'.repeat(length), 500, { overlap: 50 })
      return counter.work() / length
    })
    expect(perCharacter[1]! / perCharacter[0]!).toBeLessThan(1.2)
  })

  it.each<[string, unknown[], string]>([
    ['the limit 0', [0], 'Expected "limit" to be a positive number of tokens, got 0.'],
    ['as much overlap as limit', [3, { overlap: 3 }], 'Expected "overlap" to be less than "limit" (3), got 3.'],
    [
      'an overlap below 0',
      [3, { overlap: -1 }],
      'Expected "overlap" to be a number of tokens from 0 upwards, got a number (-1).',
    ],
    ['an overlap in place of options', [3, 1], '"options" must be an object, got a number (1).'],
    ['a slip', [3, { overlapp: 1 }], '"options" has no key "overlapp". Did you mean "overlap"?'],
  ])('refuses %s', (_, args, message) => {
    expect(() => split(bytes, 'abc', ...(args as [number]))).toThrow(new TypeError(message))
  })
})
