import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulletText } from './bullet-style.ts'
import { createPrompt } from './prompt.ts'

const style = fc.constantFrom(
  'number',
  'dash',
  'star',
  'lower-alpha',
  'upper-alpha',
  'roman',
  'upper-roman',
  'none',
  '→',
  'Step:',
)
const word = fc.stringMatching(/^[a-z(*#-]{1,8}$/)
const lines = fc.array(word, { minLength: 1, maxLength: 4 })

describe('render', () => {
  it('hangs further lines below the first character, for a bullet of any width at any level', () => {
    fc.assert(
      fc.property(
        style,
        fc.integer({ min: 1, max: 1000 }),
        lines,
        fc.integer({ min: 1, max: 8 }),
        (bullet, count, text, indent) => {
          const items = [...Array.from({ length: count - 1 }, () => 'x'), text.join('\n')]
          const rendered = createPrompt().add('a/b', { bullet, items }).render({ indent }).split('\n')
          const first = `${' '.repeat(2 * indent)}${bulletText(bullet, count)}${bullet === 'none' ? '' : ' '}`
          const expected = text.map((line, index) => (index === 0 ? first : ' '.repeat(first.length)) + line)
          expect(rendered.slice(-text.length)).toEqual(expected)
        },
      ),
    )
  })

  it('has no white space at the end of a line, and blank lines between top-level parts only', () => {
    const item = fc.oneof(
      fc.string(),
      lines.map((text) => text.join('\r\n')),
    )
    const section = fc.record({ title: word, subtitle: word, bullet: style, items: fc.array(item) })
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.array(section)), { maxLength: 4 }), (sections) => {
        const prompt = sections.reduce((made, [name, parts]) => made.add([name], parts), createPrompt())
        const rendered = prompt.render()
        expect(rendered).not.toMatch(/[^\S\n]$/m)
        const blocks = rendered === '' ? [] : rendered.split('\n\n')
        expect(blocks).toHaveLength(prompt.data.sections.length)
        for (const [index, block] of blocks.entries()) expect(block).toMatch(new RegExp(`^${index + 1}[.] `))
      }),
    )
  })
})
