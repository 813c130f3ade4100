import { attempt } from '@empire/errors'
import { TemplateError } from '@empire/template'
import * as fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { describe, expect, it } from 'vitest'
import { createLiquid } from './create-liquid.ts'

const word = fc.constantFrom(
  'a',
  'b',
  'list',
  'user',
  'name',
  'i',
  'forloop',
  'size',
  'first',
  '__proto__',
  'constructor',
)
const filterName = fc.constantFrom(
  'upcase',
  'size',
  'join',
  'sort',
  'map',
  'date',
  'slice',
  'split',
  'default',
  'json',
  'plus',
)
const piece = fc.oneof(
  word,
  filterName,
  fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '{%-',
    '-%}',
    '{{-',
    '-}}',
    ' ',
    '\n',
    '|',
    ':',
    ',',
    '.',
    '..',
    '[',
    ']',
    '(',
    ')',
  ),
  fc.constantFrom(
    '"',
    "'",
    '"x"',
    "'-'",
    '0',
    '-1',
    '1.5',
    '==',
    '<',
    'contains',
    'and',
    'or',
    '=',
    '#',
    'x',
    '😀',
    '\0',
  ),
  fc.constantFrom(
    'if',
    'elsif',
    'else',
    'endif',
    'unless',
    'endunless',
    'case',
    'when',
    'endcase',
    'for',
    'in',
    'endfor',
  ),
  fc.constantFrom(
    'assign',
    'capture',
    'endcapture',
    'cycle',
    'increment',
    'liquid',
    'echo',
    'raw',
    'endraw',
    'comment',
  ),
  fc.constantFrom(
    'endcomment',
    'include',
    'render',
    'tablerow',
    'endtablerow',
    'ifchanged',
    'endifchanged',
    'break',
    'doc',
  ),
  fc.constantFrom('layout', 'block', 'endblock', 'none', 'not', 'where_exp', 'group_by', '"x"', '"a == b"', 'super'),
)
const noise = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' '))

const value = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom(null, true, false, 0.5),
)
const assigns = fc.record({
  a: value,
  b: value,
  list: fc.array(value, { maxLength: 4 }),
  user: fc.record({ name: value, size: value }, { requiredKeys: [] }),
})

/** A part of a template that is well formed, and means the same to liquidjs. */
const { template } = fc.letrec<{ template: string; part: string; block: string }>((tie) => ({
  template: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      'text ',
      '\n',
      '{{ a }}',
      '{{ user.name }}',
      '{{ list | join: "," }}',
      '{{ list.size }}',
      '{{ i }}',
    ),
    fc.constantFrom(
      '{{ a | default: "none" }}',
      '{{ forloop.index }}',
      '{% assign b = a %}',
      '{{ b }}',
      '{%- echo b -%}',
    ),
    fc.constantFrom('{% raw %}{{ a }}{% endraw %}', '{% comment %}{{ a }}{% endcomment %}', '{% cycle "x", "y" %}'),
    tie('block'),
  ),
  block: fc.oneof(
    fc
      .tuple(fc.constantFrom('a', 'b', 'a == b', 'list contains 1', 'user.name', 'a and b or i'), tie('template'))
      .map(([test, body]) => `{% if ${test} %}if ${body}{% else %}else ${body}{% endif %}`),
    fc
      .tuple(fc.constantFrom('list', '(1..3)', 'list reversed'), tie('template'))
      .map(([list, body]) => `{% for i in ${list} %}.${body}{% else %}none{% endfor %}`),
    fc
      .tuple(fc.constantFrom('a', 'b'), tie('template'))
      .map(([name, body]) => `{% capture ${name} %}(${body}){% endcapture %}`),
    fc
      .tuple(fc.constantFrom('1', 'a', '"x"'), tie('template'))
      .map(([other, body]) => `{% case b %}{% when ${other} %}when ${body}{% else %}else{% endcase %}`),
  ),
}))

function isText(printed: unknown): boolean {
  return typeof printed === 'string'
}

/** Whether an error has a place in the template, or in one that it includes. */
function isPlaced(error: unknown, source: string): boolean {
  if (!(error instanceof TemplateError)) return false
  const { line = 0, column = 0 } = error
  const text = error.template === undefined ? source.split('\n')[line - 1] : included
  return column > 0 && column <= (text ?? '').length + 1
}

const included = '{{ a }}{% include "x" %}'

describe('createLiquid, whatever the template', () => {
  const liquid = createLiquid({ templates: { x: included }, memoryLimit: 100_000 })

  it('renders, or fails with a TemplateError and a place in it', () => {
    fc.assert(
      fc.property(noise, assigns, (source, given) => {
        const result = attempt(() => {
          liquid.variables(source)
          return liquid.compile(source).render(given)
        })
        expect(result.ok ? isText(result.value) : isPlaced(result.error, source)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('renders the same again', () => {
    fc.assert(
      fc.property(template, assigns, (source, given) => {
        const lenient = createLiquid({ strictVariables: false })
        const compiled = lenient.compile(source)
        expect(compiled.render(given)).toBe(compiled.render(structuredClone(given)))
        expect(createLiquid({ strictVariables: false }).compile(source).render(given)).toBe(compiled.render(given))
      }),
    )
  })

  it('takes no variable that it did not tell', () => {
    fc.assert(
      fc.property(template, assigns, (source, given) => {
        const told = new Set(liquid.variables(source).map(({ path }) => path[0]))
        const taken = new Set<string | symbol>()
        const spy = new Proxy(given, {
          getOwnPropertyDescriptor(target, key) {
            taken.add(key)
            return Reflect.getOwnPropertyDescriptor(target, key)
          },
        })
        createLiquid({ strictVariables: false }).compile(source).render(spy)
        for (const name of taken) expect(told).toContain(name)
      }),
    )
  })

  it('renders what liquidjs renders, where the two agree on the language', () => {
    const bare = new Liquid()
    const lenient = createLiquid({ strictVariables: false })
    fc.assert(
      fc.property(template, assigns, (source, given) => {
        expect(lenient.compile(source).render(given)).toBe(bare.parseAndRenderSync(source, given))
      }),
    )
  })
})
