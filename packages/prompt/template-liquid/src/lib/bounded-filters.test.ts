import * as fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { describe, expect, it } from 'vitest'
import { createLiquid } from './create-liquid.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', ' ', 'é', '😀', '1'), maxLength: 6 })
const value = fc.oneof(text, fc.integer({ min: -3, max: 12 }), fc.constantFrom(null, true, false, 0.5))
const assigns = fc.record({
  list: fc.array(value, { maxLength: 8 }),
  other: fc.array(fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxLength: 3 }),
  items: fc.array(fc.record({ key: value }), { maxLength: 8 }),
  text,
  needle: text,
  value,
})

describe('filters and operators', () => {
  const bare = new Liquid()
  const bounded = createLiquid({ strictVariables: false })

  it.each([
    ...['sort', 'sort_natural', 'uniq', 'sum'].map((filter) => `{{ list | ${filter} | json }}`),
    ...['sort', 'sort_natural', 'sum', 'map', 'group_by', 'sort: nil', 'where'].map((filter) => {
      const [name, argument = '"key"'] = filter.split(': ')
      return `{{ items | ${name}: ${argument} | json }}`
    }),
    ...['split: needle', 'replace: needle, "x"', 'replace_first: needle, "x"', 'replace_last: needle, "x"'].map(
      (filter) => `{{ text | ${filter} | json }}`,
    ),
    ...['remove: needle', 'remove_last: needle', 'slice: value', 'slice: 1, value', 'truncate: value'].map(
      (filter) => `{{ text | ${filter} | json }}`,
    ),
    ...['push: other', 'unshift: other', 'concat: other', 'where_exp: "i", "i contains needle"'].map(
      (filter) => `{{ list | ${filter} | json }}{{ list | ${filter} }}`,
    ),
    ...['other contains value', 'text contains needle', 'value contains needle', 'list == other'].map(
      (test) => `{% if ${test} %}yes{% endif %}`,
    ),
    ...['list != other', 'value < needle', 'value >= list.first', 'list == empty', 'other contains empty'].map(
      (test) => `{% if ${test} %}yes{% endif %}`,
    ),
    '{% if other == other and list contains list.last %}yes{% endif %}',
    '{{ list | sample | size }}{{ list | sample: 3 | size }}{{ text | sample: 2 | size }}{{ nil | sample | json }}',
  ])('give what liquidjs gives: %s', (source) => {
    const ours = bounded.compile(source)
    const theirs = bare.parse(source)
    fc.assert(
      fc.property(assigns, (given) => {
        // What `sample` takes is chance.
        const same = source.includes('sample') ? { ...given, list: [1, 1, 1, 1], text: 'aaa' } : given
        expect(ours.render(same)).toBe(bare.renderSync(theirs, same))
      }),
    )
  })

  it('find a text wherever it stands in a long one', () => {
    const template = bounded.compile('{% if text contains needle %}yes{% endif %}')
    const needle = 'x'.repeat(20_000)
    const around = 'y'.repeat(4990)
    for (const before of [0, 1, 480, 499, 500, 501, 4990]) {
      expect(template.render({ text: around.slice(0, before) + needle + around, needle })).toBe('yes')
    }
    expect(template.render({ text: `${around}${needle.slice(1)}${around}`, needle })).toBe('')
  })

  it('sample takes each item once', () => {
    const template = bounded.compile('{{ list | sample: 5 | sort | join }}')
    expect(template.render({ list: [5, 4, 3, 2, 1] })).toBe('1 2 3 4 5')
  })
})
