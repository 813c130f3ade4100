import { describe, expect, it } from 'vitest'
import { sentenceSplitter } from './sentence-splitter.ts'

function sentencesOf(text: string, { locale = 'en', abbreviations = [] as string[], start = 0 } = {}): string[] {
  const ranges = [...sentenceSplitter(locale, abbreviations)(text, start, text.length)]
  return ranges.map((range) => text.slice(range.start, range.end))
}

describe('sentenceSplitter', () => {
  it.each([
    ['titles', ['Mr. Smith met Dr. Jones.', 'They talked.']],
    ['initials', ['J. R. R. Tolkien wrote it.', 'So did C.S. Lewis.', 'Yes.']],
    ['abbreviations inside', ['See e.g. Figure 3 or Fig. 4.', 'No. 5 is new.']],
    ['numbers', ['Pi is 3.14159.', 'Version 2.0.1 is out.']],
    ['German', ['Das gilt z.B. Herrn Dr. Maier.', 'Vgl. Abs. 3.', 'Fertig!']],
    ['French', ['M. Dupont et Mme. Durand sont là.', 'Oui.']],
    ['questions, quotes and brackets', ['“Why?”', 'He left (at last).', 'Wait!', 'No.']],
    ['an abbreviation behind a bracket', ['It is large (approx. 5 m).', 'Good.']],
  ])('knows %s', (_what, sentences) => {
    expect(sentencesOf(sentences.join(' '))).toEqual(sentences)
  })

  it('goes on over the ends of lines, but not from one list item to the next', () => {
    expect(sentencesOf('A sentence that\r\nis wrapped. Another\none')).toEqual([
      'A sentence that\r\nis wrapped.',
      'Another\none',
    ])
    expect(sentencesOf('- One\n  more\n- Two\n2. Three')).toEqual(['- One\n  more', '- Two', '2. Three'])
  })

  it('needs no spaces', () => {
    expect(sentencesOf('一二三。四五六！七八？九', { locale: 'zh' })).toEqual(['一二三。', '四五六！', '七八？', '九'])
    expect(sentencesOf('これは文です。次の文「はい。」です。', { locale: 'ja' })).toEqual([
      'これは文です。',
      '次の文「はい。」',
      'です。',
    ])
  })

  it('hears of more abbreviations', () => {
    expect(sentencesOf('Siehe Ziff. Drei. Ende.', { abbreviations: ['Ziff.'] })).toEqual(['Siehe Ziff. Drei.', 'Ende.'])
  })

  it('begins where it is told, and loses nothing at the end', () => {
    expect(sentencesOf('No. One two. Three etc.', { start: 4 })).toEqual(['One two.', 'Three etc.'])
    expect(sentencesOf('  \n ')).toEqual([])
  })

  it('goes on over stretches of long texts, and takes linear time', () => {
    const sentences = Array.from({ length: 20_000 }, (_, n) => `Sentence ${n} has words.`)
    expect(sentencesOf(sentences.join(' '))).toEqual(sentences)
    for (const part of ['a', '. ', 'Mr. ', 'A.', '。', '"', '\u0301']) {
      expect(
        sentencesOf(`x${part.repeat(200_000)}`)
          .join('')
          .startsWith('x'),
      ).toBe(true)
    }
  })
})
