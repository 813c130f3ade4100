import { attempt } from '@empire/errors'
import { TemplateError } from '@empire/template'
import { describe, expect, it } from 'vitest'
import { createLiquid } from './create-liquid.ts'

/** As often as fits into the largest template. */
function filled(part: string): string {
  return part.repeat(Math.floor(990_000 / part.length))
}

/** Each would take hours, all memory or the stack if reading it were not linear; the time that a test may take shows it. */
const repeated = ['{', '{{ ', '{% ', '{%-', '{{-', '{{ " }}', "{{ ' }} ", '{{a}}', '😀{{ a }}', '<script', '\uD800']
const tags = [
  '{% assign a = 1 %}',
  '  {%- assign a = 1 -%}  ',
  '{% if a %}\n \n{% endif %}',
  '{% for i in a %}{% endfor %}',
]
const blocks = ['{% raw %}{% endraw %}', '{% include "x" %}', '{% capture a %}{% endcapture %}']
const sources = [...repeated, ...tags, ...blocks].map(filled)
const inOneTag = [
  ...[' ', '.b', '[0]', '[a', '|upcase', '"\' ', '-', '=', '(', '1', 'a'].map((part) => `{{ a${filled(part)} }}`),
  ...[' and a', ' or a', ' == a'].map((part) => `{% if a${filled(part)} %}{% endif %}`),
  ...['\n', '\n#', '\n \n'].map((part) => `{% # a${filled(part)} %}`),
  ...['\necho a', '\n', '\nif a', '\ncomment'].map((part) => `{% liquid ${filled(part)} %}`),
  ...['{% when 1 %}', '{% else %}'].map((part) => `{% case a %}${filled(part)}{% endcase %}`),
  ...['{% comment %}', '{% raw %}', '{%  ', '{% endcommen %}'].map((part) => `{% comment %}${filled(part)}`),
  ...['{% endra %}', '{%-   '].map((part) => `{% raw %}${filled(part)}`),
  ...['%0', '0', '%c', '%-', '%%'].map((part) => `{{ "now" | date: "%${filled(part)}" }}`),
  `{% cycle ${filled('1,')}1 %}`,
  `{{ a | default: ${filled('1,')}1 }}`,
  `{% if a %}${filled('{% elsif a %}')}{% endif %}`,
  `{% ${filled('a')} %}`,
  `{{ 1.${filled('1')} }}`,
]

describe('createLiquid, whatever is repeated a million times', () => {
  const liquid = createLiquid({ strictVariables: false, renderLimit: 500 })

  it.each([...sources, ...inOneTag].map((source) => [source.slice(0, 30), source]))('%j…', (_name, source) => {
    for (const use of [() => liquid.variables(source).length, () => liquid.compile(source).render({ a: 'x' }).length]) {
      const result = attempt(use)
      expect(result.ok || result.error instanceof TemplateError).toBe(true)
      expect(result.ok ? '' : result.error.message.slice(1000)).toBe('')
    }
  })
})
