import { describe, expect, it } from 'vitest'
import { createPrompt } from './prompt.ts'
import type { SectionInput } from './check-content.ts'

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `item ${index + 1}`)

function lastLine(bullet: string, count: number): string | undefined {
  const prompt = createPrompt().add('a', { bullet, items: numbered(count) })
  return prompt.render().split('\n').at(-1)
}

describe('render', () => {
  it('writes role, prologue, critical steps and sections, with a blank line between them and nowhere else', () => {
    const prompt = createPrompt()
      .role('Reviewer')
      .prologue('Read first.\n\nThen judge.')
      .critical({ title: 'SCOPE', text: 'Look at the change only.' })
      .add('Planning', ['Read', { title: 'Check', subtitle: 'twice', items: ['types', 'tests'] }])
      .critical('Planning', { title: 'STOP', text: 'Ask\n  if unsure.' })
      .add('Output', 'JSON')
    expect(prompt.render()).toBe(
      [
        '**Reviewer**',
        '',
        'Read first.',
        '',
        'Then judge.',
        '',
        '!!! MANDATORY STEP [SCOPE] !!!',
        'Look at the change only.',
        '!!! END MANDATORY STEP !!!',
        '',
        '1. Planning',
        '   !!! MANDATORY STEP [STOP] !!!',
        '   Ask',
        '     if unsure.',
        '   !!! END MANDATORY STEP !!!',
        '  - Read',
        '  - Check:',
        '    (twice)',
        '    * types',
        '    * tests',
        '',
        '2. Output',
        '  - JSON',
      ].join('\n'),
    )
  })

  it('is empty for an empty document', () => {
    expect(createPrompt().render()).toBe('')
  })

  it('takes bullets from the progression, and dashes after its last', () => {
    const nested = { title: 'b', items: [{ title: 'c', items: [{ title: 'd', items: [{ title: 'e', items: 'f' }] }] }] }
    expect(createPrompt().add('a', nested.items).add('x', [nested]).render()).toBe(
      '1. a\n  - c\n    * d\n      a. e\n        - f\n\n' +
        '2. x\n  - b\n    * c\n      a. d\n        - e\n          * f',
    )
  })

  it.each<[string, string[]]>([
    ['number', ['9. item 9', '10. item 10']],
    ['lower-alpha', ['z. item 26', 'aa. item 27', 'ab. item 28']],
    ['upper-alpha', ['Z. item 26', 'AA. item 27']],
    ['roman', ['iv. item 4', 'viii. item 8', 'xxvii. item 27']],
    ['upper-roman', ['XIX. item 19', 'XXVIII. item 28']],
    ['dash', ['- item 28']],
    ['*', ['* item 28']],
    ['→', ['→ item 28']],
    ['none', ['item 28']],
  ])('writes the bullets of %s', (bullet, expected) => {
    const lines = createPrompt()
      .add('a', { bullet, items: numbered(28) })
      .render()
      .split('\n')
    for (const line of expected) expect(lines).toContain(`  ${line}`)
  })

  it('counts letters and numerals to the end', () => {
    expect(lastLine('lower-alpha', 702)).toBe('  zz. item 702')
    expect(lastLine('lower-alpha', 703)).toBe('  aaa. item 703')
    expect(lastLine('roman', 3999)).toBe('  mmmcmxcix. item 3999')
    expect(lastLine('roman', 4000)).toBe('  4000. item 4000')
  })

  it('hands the style of the parent on over a level without bullets', () => {
    const section: SectionInput = { bullet: 'none', items: [{ title: 'b', items: ['x', 'y'] }] }
    expect(createPrompt().add('a', section).render()).toBe('1. a\n  b\n    - x\n    - y')
  })

  it('keeps to an explicit style, which those below follow on', () => {
    const section = { bullet: 'star', items: [{ title: 'b', bullet: 'star', items: [{ title: 'c', items: 'd' }] }] }
    expect(createPrompt().add('a', section).render()).toBe('1. a\n  * b\n    * c\n      a. d')
  })

  it('hangs further lines below the first character, whatever the bullet', () => {
    const section: SectionInput = { title: 'a\nb', subtitle: 'c\nd', bullet: 'number', items: numbered(10) }
    const text = createPrompt()
      .add('a', section)
      .add('a', { items: ['first\n\n  indented\nlast'] })
      .render()
    expect(text).toContain('1. a\n   b\n   (c\n    d)\n')
    expect(text).toContain('  11. first\n\n        indented\n      last')
  })

  it('leaves no white space at the end of a line, and shows an empty text as its bullet', () => {
    const text = createPrompt()
      .add('a', ['', 'b  \r\n \r\nc\t', { title: 'd', bullet: 'none', items: ['', 'e'] }])
      .render()
    expect(text).toBe('1. a\n  -\n  - b\n\n    c\n  - d:\n    e')
  })

  it('ends a top-level title only where items would be taken for a part of it', () => {
    const prompt = createPrompt().add('a', { bullet: 'none', items: ['b'] })
    expect(prompt.render()).toBe('1. a\n  b')
    expect(prompt.render({ indent: 4 })).toBe('1. a:\n    b')
  })

  it('ends a title below only where what follows has no bullet to tell it from a further line', () => {
    expect(secondLine({ title: 'b', items: ['c'] })).toBe('  - b')
    expect(secondLine({ title: 'b', items: [''] })).toBe('  - b')
    expect(secondLine({ title: 'b', items: [] })).toBe('  - b:')
    expect(secondLine({ title: 'b', bullet: 'none', items: ['c'] })).toBe('  - b:')
    expect(secondLine({ title: 'b', subtitle: 's', items: ['c'] })).toBe('  - b:')
    expect(secondLine({ title: 'b', critical: [{ title: 't', text: 'u' }], items: ['c'] })).toBe('  - b:')
  })

  it('does not end a title twice', () => {
    expect(
      createPrompt()
        .add('a', [{ title: 'Note:', items: 'b' }])
        .render(),
    ).toBe('1. a\n  - Note:\n    * b')
  })

  it('writes Markdown headings at the levels that are asked for', () => {
    const prompt = createPrompt().add('a', [
      { title: 'b', subtitle: 's', items: ['x', { title: 'c', items: 'y' }] },
      'z',
    ])
    expect(prompt.render({ levels: ['markdown'] })).toBe('# a\n1. b:\n   (s)\n  - x\n  - c\n    * y\n2. z')
    // The line returns from the inner section to the outer one.
    expect(prompt.render({ levels: ['markdown', 'markdown'] })).toBe('# a\n## b\n(s)\n1. x\n2. c\n  - y\n---\n1. z')
  })

  it('writes XML tags, with a title that the tag does not say as an attribute', () => {
    const prompt = createPrompt().add('Global Rules', [{ title: 'a < "b"\nc', items: ['x', 'y'] }])
    expect(prompt.render({ levels: ['xml', 'xml'] })).toBe(
      [
        '<global_rules>',
        '  <a_b_c title="a &lt; &quot;b&quot;&#10;c">',
        '    1. x',
        '    2. y',
        '  </a_b_c>',
        '</global_rules>',
      ].join('\n'),
    )
  })

  it('takes every form from its options', () => {
    const prompt = createPrompt()
      .role('r')
      .critical({ title: 't', text: 'x' })
      .add('a', [{ title: 'b', subtitle: 's', items: ['c'] }])
    const text = prompt.render({
      indent: 4,
      progression: ['upper-roman', '+'],
      fallback: 'none',
      blankLines: 2,
      role: ['You are ', '.'],
      subtitle: ['– ', ''],
      titleEnd: ' →',
      critical: { open: ['# ', ''], close: '#' },
    })
    expect(text).toBe('You are r.\n\n\n# t\nx\n#\n\n\nI. a\n    + b →\n      – s\n        c')
  })

  it.each([
    [{ indnet: 3 }, '"options" has no key "indnet". Did you mean "indent"?'],
    [{ indent: 0 }, 'Expected "indent" to be a whole number from 1 to 16, got a number (0).'],
    [{ levels: ['html'] }, 'Expected "levels[0]" to be "bullet", "markdown" or "xml", got a string ("html").'],
    [{ subtitle: '(' }, 'Expected "subtitle" to be a pair of texts, [before, after], got a string ("(").'],
    [
      { progression: ['nubmer'] },
      'Expected "progression[0]" to be one of number, dash, star, lower-alpha, upper-alpha, roman, upper-roman, none, or signs for a bullet on one line such as "→", got a string ("nubmer"). Did you mean "number"?',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => createPrompt().render(options as object)).toThrow(new TypeError(message))
  })

  it('takes 10,000 levels, and grows with the length of the text only', () => {
    let section: SectionInput = { title: 'deepest', items: 'x' }
    for (let level = 0; level < 10_000; level++) section = { title: 'l', bullet: 'none', items: [section] }
    const prompt = createPrompt().add('a', section)
    const text = prompt.render({ indent: 1 })
    expect(text.split('\n')).toHaveLength(10_002)
    expect(prompt.equals(createPrompt().add('a', section))).toBe(true)
  })
})

function secondLine(section: SectionInput): string | undefined {
  return createPrompt().add('a', [section]).render().split('\n')[1]
}
