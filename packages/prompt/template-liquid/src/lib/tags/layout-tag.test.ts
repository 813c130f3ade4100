import { describe, expect, it } from 'vitest'
import { createLiquid } from '../create-liquid.ts'

const templates = {
  base: 'H {% block content %}default {{ x }}{% endblock %} F',
  middle: '{% layout "base" %}{% block content %}m[{{ block.super }}]{% block in %}inner{% endblock %}{% endblock %}',
  frame: '<{% block %}{% endblock %}>',
  given: '{{ a }}{% block b %}{{ a }}{% endblock %}',
  endless: '{% layout "endless" %}',
  broken: '{% layout "base" %}{% block content %}\n{{ nmae }}{% endblock %}',
  looped: '{% for i in (1..3) %}{% block turn %}{{ i }}{% endblock %}{% endfor %}',
}

const liquid = createLiquid({ templates, strictVariables: false })

describe('layout', () => {
  it.each([
    ['{% layout "base" %}{% block content %}mine{% endblock %} lost', 'H mine F'],
    ['{% layout "base" %}', 'H default v F'],
    ['{% layout name %}{% block "content" %}mine{% endblock %}', 'H mine F'],
    ['{% layout "base" %}{% block content %}({{ block.super }}){% endblock %}', 'H (default v) F'],
    ['{% layout "middle" %}', 'H m[default v]inner F'],
    ['{% layout "middle" %}{% block content %}({{ block.super }}){% endblock %}', 'H (m[default v]inner) F'],
    ['{% layout "middle" %}{% block in %}IN{% endblock %}', 'H m[default v]IN F'],
    ['{% layout "frame" %}all of {{ x }}', '<all of v>'],
    ['before {% layout "frame" %}a', 'before <a>'],
    ['{% layout "frame" %}a{% block %}b{% endblock %}', '<b>'],
    ['{% layout "given", a: 5 %}{% block b %}[{{ a }}{{ block.super }}]{% endblock %}', '5[55]'],
    ['{% assign x = 1 %}{% layout "base" %}', 'H default 1 F'],
    ['{% layout "looped" %}{% block turn %}{{ i }}{% continue %}{% endblock %}', '123'],
    ['{% layout none %}a{% block x %}b{{ block.super }}{% endblock %}', 'ab'],
    ['{% block a %}a{% block b %}b{% endblock %}{% endblock %}', 'ab'],
    ['{% render "given" %}{% include "frame" %}', '<>'],
  ])('%s is %j', (source, text) => {
    expect(liquid.compile(source).render({ x: 'v', name: 'base' })).toBe(text)
  })

  it.each([
    ['{% layout "endless" %}', 'template_limit_exceeded'],
    [
      '{% layout "base" %}{% block content %}{% block content %}{% endblock %}{% endblock %}',
      'template_limit_exceeded',
    ],
    ['{% layout "none such" %}', 'template_not_found'],
    ['{% layout missing %}', 'template_render'],
    ['{% layout %}', 'template_syntax'],
    ['{% if true %}{% layout "base" %}{% endif %}', 'template_syntax'],
    ['{% block a b %}{% endblock %}', 'template_syntax'],
    ['{% block a %}', 'template_syntax'],
    ['{% endblock %}', 'template_syntax'],
  ])('%s is %s', (source, code) => {
    expect(() => liquid.compile(source).render()).toThrow(expect.objectContaining({ code }))
  })

  it('can be rendered any number of times', () => {
    const template = liquid.compile('{% layout "frame" %}{{ x }}')
    expect([1, 2].map((x) => template.render({ x }))).toEqual(['<1>', '<2>'])
  })

  it('says in which template a block went wrong', () => {
    expect(() => createLiquid({ templates }).compile({ file: 'broken' }).render({ x: 1 })).toThrow(
      expect.objectContaining({ template: 'broken', line: 2, column: 4 }),
    )
  })

  it('tells the variables of the blocks and of the layout', () => {
    const source = '{% layout "given", a: b %}{% block b %}{{ block.super }}{{ c }}{% endblock %}'
    expect(liquid.variables(source).map(({ name }) => name)).toEqual(['c', 'b'])
  })
})
