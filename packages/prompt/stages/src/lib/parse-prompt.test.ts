import { describe, expect, it } from 'vitest'
import type { SectionInput } from './check-content.ts'
import { DefaultStages } from './default-stages.ts'
import { parsePrompt } from './parse-prompt.ts'
import { createPrompt } from './prompt.ts'

describe('parsePrompt', () => {
  it('reads a rendering back, stages by their titles', () => {
    const prompt = createPrompt(DefaultStages)
      .role('Agent')
      .add(DefaultStages.Objective, 'Win')
      .add(DefaultStages.AdaptiveExecution.AfterToolExecution, ['Look', 'Think'])
    const parsed = parsePrompt(prompt.render(), { stages: DefaultStages })
    expect(parsed.prompt.data).toEqual(prompt.data)
    expect(parsed.ambiguous).toEqual([])
  })

  it('takes what it cannot read for a prologue', () => {
    expect(parsePrompt('Hello\n\n2. there').prompt.data).toEqual({
      version: 1,
      prologue: 'Hello\n\n2. there',
      sections: [],
    })
    expect(parsePrompt(' \r\n').prompt.data).toEqual({ version: 1, sections: [] })
  })

  it('reads a line that looks like markup as text where nothing can stand, and lists it', () => {
    const prompt = createPrompt().add('a', ['first\n- second\nthird', 'x'])
    const parsed = parsePrompt(prompt.render())
    expect(parsed.prompt.data).toEqual(prompt.data)
    expect(parsed.ambiguous).toEqual([{ line: 3, text: '- second', readAs: 'text' }])
  })

  it('reads a role of several lines', () => {
    const { data } = createPrompt().role('Reviewer\n  of code').prologue('Hello')
    expect(parsePrompt('**Reviewer\n  of code**\n\nHello').prompt.data).toEqual(data)
  })

  it('lists lines of critical steps, subtitles and roles too', () => {
    const step = { title: 'T', text: 'a\n- b' }
    const prompt = createPrompt()
      .role('c\n1. d')
      .add('e', { subtitle: 'f\n* g', critical: [step] })
    const parsed = parsePrompt(prompt.render())
    expect(parsed.prompt.data).toEqual(prompt.data)
    expect(parsed.ambiguous.map(({ text }) => text)).toEqual(['1. d**', '* g)', '- b'])
  })

  it('lists a text with the form of a section, which has other bullets than those that are due', () => {
    const parsed = parsePrompt(createPrompt().add('a', ['Follow:\n- one\n- two', 'Ready:']).render())
    expect(parsed.prompt.section(['a', 'Follow:'])?.items).toEqual(['one', 'two'])
    expect(parsed.ambiguous).toEqual([
      { line: 2, text: '- Follow:', readAs: 'section' },
      { line: 5, text: '- Ready:', readAs: 'section' },
    ])
  })

  it('lists the lines of a list without bullets, which can be one text', () => {
    const parsed = parsePrompt(
      createPrompt()
        .add('a', { bullet: 'none', items: ['b\nc', 'd'] })
        .render(),
    )
    expect(parsed.prompt.section('a')?.items).toEqual(['b', 'c', 'd'])
    expect(parsed.ambiguous.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  it.each(['Step:', '- [ ]', '1.'])('knows the bullet "%s" when it is told', (bullet) => {
    const prompt = createPrompt().add('a', { bullet, items: ['b', 'c'] })
    expect(parsePrompt(prompt.render(), { bullets: ['dash', bullet] }).prompt.data).toEqual(prompt.data)
  })

  it.each<[string, SectionInput, string]>([
    ['of letters', { bullet: 'o', items: ['b'] }, 'o b'],
    ['that begins with the one due', { bullet: '- -', items: ['b'] }, '- - b'],
    ['that a list without bullets begins with', { bullet: 'none', items: ['* b'] }, '1. a'],
  ])('lists a line where it takes a bullet %s for another', (_, section, line) => {
    const prompt = createPrompt().add('a', section)
    const parsed = parsePrompt(prompt.render())
    expect(parsed.prompt.data).not.toEqual(prompt.data)
    expect(parsed.ambiguous.map(({ text }) => text)).toEqual([line])
  })

  it('lists a section that has nothing but a subtitle, which can be the second line of a text', () => {
    const prompt = createPrompt().add('a', ['Follow:\n(closely)'])
    expect(parsePrompt(prompt.render()).ambiguous).toEqual([{ line: 2, text: '- Follow:', readAs: 'section' }])
  })

  it('takes a text that is markup to the letter for that, and does not list it', () => {
    const texts = createPrompt().prologue('1. a\n  - b\n    * c')
    const parsed = parsePrompt(texts.render())
    expect(parsed.prompt.data).toEqual(createPrompt().add('a/b', 'c').data)
    expect(parsed.ambiguous).toEqual([])
  })

  it('counts lines from the first of the text', () => {
    expect(parsePrompt('\n\n1. a\n  - b\n    # c').ambiguous).toEqual([{ line: 4, text: '- b', readAs: 'section' }])
  })

  it('refuses what is no text', () => {
    expect(() => parsePrompt(3 as never)).toThrow(new TypeError('Expected "text" to be a text, got a number (3).'))
    expect(() => parsePrompt('', { bulets: [] } as never)).toThrow(
      new TypeError('"options" has no key "bulets". Did you mean "bullets"?'),
    )
  })

  it('takes 5,000 levels', () => {
    const lines = Array.from({ length: 5000 }, (_, level) => `${' '.repeat(level)}${level === 0 ? '1. a' : '+ b'}`)
    const text = lines.join('\n')
    const { prompt } = parsePrompt(text, { indent: 1, progression: ['number', '+'], fallback: '+' })
    expect(prompt.render({ indent: 1, progression: ['number', '+'], fallback: '+' })).toBe(text)
  })

  it.each([
    ['items that turn out to be text', '1. a\n', '  - b:\n    * c\n    d\n'],
    ['critical steps that do not end', '', '!!! MANDATORY STEP [a] !!!\n\n'],
    ['sections that turn out to be a prologue', '', '1. a\n\nb\n\n'],
    ['roles that do not end', '**a', '\nb **'],
    ['blank lines', 'a', '\n'],
    ['nested items that turn out to be text', '1. a\n', '  - b:\n    * c:\n      a. d\n     e\n'],
  ])('takes many lines of %s', (_, start, unit) => {
    const text = start + unit.repeat(20_000)
    expect(parsePrompt(text).prompt.render()).toBe(text.trimEnd())
  })
})
