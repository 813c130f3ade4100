import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLiquid } from '../create-liquid.ts'
import type { LiquidEscape } from './escapes.ts'

const values = { text: '<a href="x">\'&\u0000</a>', list: [1, '<'], user: { name: 'A"da' }, nothing: null, n: 1 }

function render(escape: LiquidEscape, source: string): string {
  return createLiquid({ escape }).compile(source).render(values)
}

describe('escape', () => {
  it.each<[LiquidEscape, string]>([
    ['none', '<a href="x">\'&\u0000</a>'],
    ['html', '&lt;a href=&quot;x&quot;&gt;&#39;&amp;\u0000&lt;/a&gt;'],
    ['xml', '&lt;a href=&quot;x&quot;&gt;&#39;&amp;\uFFFD&lt;/a&gt;'],
    ['json', String.raw`"<a href=\"x\">'&\u0000</a>"`],
    [(text) => `[${text.length}]`, '[19]'],
  ])('%s prints a text as it is safe there', (escape, text) => {
    expect(render(escape, '{{ text }}')).toBe(text)
    expect(render(escape, '{% echo text %}')).toBe(text)
    expect(render(escape, '{% cycle text %}')).toBe(text)
  })

  it('leaves the text of the template, and what the filter raw is given', () => {
    expect(render('html', '<b>{{ text | raw | size }}{{ "<i>" | raw }}</b>')).toBe('<b>19<i></b>')
    expect(render('none', '{{ "<i>" | raw }}')).toBe('<i>')
  })

  it('escapes once, where it is printed', () => {
    expect(render('html', '{% assign a = "<" %}{% if a == "<" %}{{ a }}{{ a | size }}{% endif %}')).toBe('&lt;1')
    expect(render('html', '{% capture a %}<{{ "<" }}{% endcapture %}{{ a | raw }}')).toBe('<&lt;')
  })

  it('json makes a value of JSON of each', () => {
    const source = '{ "a": {{ text }}, "b": {{ list }}, "c": {{ user }}, "d": {{ nothing }}, "e": {{ n }} }'
    expect(JSON.parse(render('json', source))).toEqual({
      a: values.text,
      b: values.list,
      c: values.user,
      d: null,
      e: 1,
    })
  })

  it('json refuses what holds itself', () => {
    const circular: unknown[] = []
    circular.push(circular)
    expect(() => createLiquid({ escape: 'json' }).compile('{{ circular }}').render({ circular })).toThrow(
      'The value cannot be written as JSON. Does it hold itself?',
    )
  })

  it('leaves nothing that begins a tag, an attribute or an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const escape of ['html', 'xml'] as const) {
          const printed = createLiquid({ escape }).compile('{{ text }}').render({ text })
          expect(printed).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
        }
        expect(JSON.parse(createLiquid({ escape: 'json' }).compile('{{ text }}').render({ text }))).toBe(text)
      }),
    )
  })

  it('fails with the place where a function of one’s own fails', () => {
    const cause = new Error('secret')
    const fail = (): never => {
      throw cause
    }
    expect(() => render(fail, 'a\n{{ n }}')).toThrow(
      expect.objectContaining({ cause, line: 2, problem: 'The function "escape" threw. See the cause.' }),
    )
    expect(() => render(() => 1 as unknown as string, '{{ n }}')).toThrow(
      'The function "escape" has to return a string.',
    )
  })

  it('refuses what is no escape', () => {
    expect(() => createLiquid({ escape: 'htm' as 'html' })).toThrow(
      new TypeError('Expected "escape" to be "none", "html", "xml", "json" or a function, got a string ("htm").'),
    )
  })
})
