import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitSentences } from './split-sentences.ts'

describe('splitSentences', () => {
  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Use Node.js, e.g. 22.18. It is fast.', ['Use Node.js, e.g. 22.18.', 'It is fast.']],
    ['Call `a.b()`. `c` is next.', ['Call `a.b()`.', '`c` is next.']],
    ['He said "stop." Then he left.', ['He said "stop."', 'Then he left.']],
    ['Wait ... then go on.', ['Wait ... then go on.']],
    ['See Fig. 3 of Dr. Who. Done', ['See Fig. 3 of Dr. Who.', 'Done']],
    ['これは猫です。犬もいます！はい', ['これは猫です。', '犬もいます！', 'はい']],
    ['', []],
    ['   ', []],
  ])('parts %j', (paragraph, sentences) => {
    expect(splitSentences(paragraph)).toEqual(sentences)
  })

  it('loses nothing but white space', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '.', '!', ' ', '"', ')', '。', '`', '🙂') })
    fc.assert(
      fc.property(text, (paragraph) => {
        expect(splitSentences(paragraph).join('').replaceAll(' ', '')).toBe(paragraph.replaceAll(' ', ''))
      }),
    )
  })
})
