import { describe, expect, it } from 'vitest'
import { createLiquid } from '../create-liquid.ts'

const holdsItself: Record<string, unknown> = { a: 1 }
holdsItself['self'] = holdsItself

const values = {
  list: [3, 1, 2],
  nested: [[1, 2], [3]],
  users: [
    { name: 'Ada', team: { id: 1 } },
    { name: 'Bob', team: { id: 2 } },
    { name: 'Cid', team: { id: 1 } },
  ],
  pairs: { a: 1, b: 2 },
  words: ['a', 'b', 'c'],
  day: '2008-11-07T13:07:54+02:00',
  expression: 'user.team.id == 2',
  loops: 'item | where_exp: "item", loops',
  holdsItself,
}

const liquid = createLiquid({ strictVariables: false, random: () => 0.5 })

/** The text, or the code of the error. */
function render(expression: string): string {
  try {
    return liquid.compile(`{{ ${expression} }}`).render(values)
  } catch (error) {
    return `! ${(error as { code: string }).code}`
  }
}

/** A group as JSON. */
function teamOf(id: number, ...names: string[]): string {
  return JSON.stringify({ name: { id }, items: names.map((name) => ({ name, team: { id } })) })
}

/** Filters and what they print. */
function cases(rows: readonly (readonly [expression: string, text: string])[]): void {
  it.each(rows)('%j is %j', (expression, text) => {
    expect(render(expression)).toBe(text)
  })
}

describe('filters that change lists', () => {
  cases([
    ['list | push: 9 | json', '[3,1,2,9]'],
    ['list | unshift: 9 | json', '[9,3,1,2]'],
    ['list | pop | json', '[3,1]'],
    ['list | shift | json', '[1,2]'],
    ['nested | push: list | json', '[[1,2],[3],[3,1,2]]'],
    ['nested | pop | json', '[[1,2]]'],
    ['nil | push: 1 | json', '[1]'],
    ['"a" | unshift: 1 | json', '[1,"a"]'],
    ['(1..3) | pop | json', '[1,2]'],
    ['nil | shift | json', '[]'],
    ['list | sample', '1'],
    ['list | sample: 2 | json', '[1,2]'],
    ['list | sample: 9 | size', '3'],
    ['"😀é" | sample', 'é'],
    ['nil | sample | json', 'null'],
    ['nil | sample: 2 | json', '[]'],
    ['words | array_to_sentence_string', 'a, b, and c'],
    ['words | pop | array_to_sentence_string: "or"', 'a or b'],
    ['"a" | array_to_sentence_string', 'a'],
    ['nil | array_to_sentence_string', ''],
  ])

  it('leave the list of the assigns as it is', () => {
    const list = Object.freeze([1, 2])
    const source = '{{ list | push: 3 | shift | unshift: 0 | pop | sample: 2 | size }}{{ list | json }}'
    expect(liquid.compile(source).render({ list })).toBe('2[1,2]')
  })

  it('do not take numbers that are none for chance', () => {
    const odd = createLiquid({ random: () => 1 })
    expect(() => odd.compile('{{ "ab" | sample }}').render()).toThrow('"random" has to give numbers from 0 up to 1.')
  })
})

describe('json', () => {
  it('is charged for what it is indented by', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 1000; depth++) deep = [deep]
    const small = createLiquid({ memoryLimit: 100_000 })
    expect(small.compile('{{ deep | json }}').render({ deep })).toHaveLength(2001)
    expect(() => small.compile('{{ deep | json: 10 }}').render({ deep })).toThrow('exceeds "memoryLimit"')
  })
})

describe('filters that take expressions', () => {
  cases([
    ['users | where_exp: "user", "user.team.id == 1" | map: "name" | join', 'Ada Cid'],
    ['users | where_exp: "user", expression | map: "name" | join', 'Bob'],
    ['users | reject_exp: "user", "user.team.id == 1" | map: "name" | join', 'Bob'],
    ['users | where_exp: "u", "u.team.id == 2 or u.name contains \'d\'" | size', '3'],
    ['users | where_exp: "u", "not u.team.id == 1" | map: "name"', 'Bob'],
    ['users | where_exp: "u", "u.team.nmae" | size', '0'],
    ['list | where_exp: "n", "n >= list[2]" | join', '3 2'],
    ['users | find_exp: "u", "u.team.id == 1" | map: "name"', 'Ada'],
    ['users | find_exp: "u", "u.name == 1" | json', 'null'],
    ['users | find_index_exp: "u", "u.team.id == 2"', '1'],
    ['users | find_index_exp: "u", "u.name == 1"', ''],
    ['users | has_exp: "u", "u.team.id == 2"', 'true'],
    ['users | has_exp: "u", "u.team.id == 3"', 'false'],
    ['users | group_by_exp: "u", "u.name | slice: 0 | downcase" | map: "name" | join', 'a b c'],
    ['users | group_by: "team.id" | map: "items" | map: "name" | join', 'Ada Cid Bob'],
    ['users | group_by: "team" | json', `[${teamOf(1, 'Ada', 'Cid')},${teamOf(2, 'Bob')}]`],
    ['users | group_by: "team" | map: "size" | join', '2 1'],
    ['users | group_by: "nope" | size', '1'],
    ['pairs | group_by: "last" | map: "name" | join', '1 2'],
    ['nil | group_by: "a" | size', '0'],
    ['users | where_exp: "u", "u.name ==" | size', '! template_syntax'],
    ['users | where_exp: "u", "u | upcse" | size', '! template_syntax'],
    ['users | where_exp: "u"', '! template_syntax'],
    ['list | where_exp: "item", loops | size', '! template_limit_exceeded'],
  ])

  it('say where a wrong expression stands', () => {
    expect(() => liquid.compile('a\n{{ list | where_exp: "n", "n >" }}')).toThrow(
      'In "n >": Unexpected the end, expected a value. (line 2, column 11, engine liquid)',
    )
  })

  it('tell the variables in the expression, but not the item', () => {
    const source = '{% assign found = docs | where_exp: "doc", "doc.year > year" %}{{ found | has_exp: "doc", how }}'
    expect(liquid.variables(source).map(({ name }) => name)).toEqual(['docs', 'year', 'how'])
  })

  it('do not tell an expression that is a value', () => {
    for (const secret of ['secret ( =', 'a | secret', '"secret']) {
      const use = (): string => liquid.compile('{{ list | where_exp: "a", how }}').render({ list: [1], how: secret })
      expect(use).toThrow(
        'The filter was given a text that is no expression, or has a filter that does not exist. (line 1, column 11, engine liquid)',
      )
    }
  })

  it('give the name back after the item', () => {
    const source = '{{ list | where_exp: "name", "name" | size }}{{ name }}'
    expect(liquid.compile(source).render({ list: [1], name: 'Ada' })).toBe('1Ada')
  })
})

describe('filters of words', () => {
  cases([
    ['" a  b \n c " | normalize_whitespace', ' a b c '],
    ['" a  b \n c " | squish', 'a b c'],
    ['nil | squish | json', 'null'],
    ['"Hello, world!" | number_of_words', '2'],
    ['"" | number_of_words', '0'],
    ['"你好hello世界world" | number_of_words', '1'],
    ['"你好hello世界world" | number_of_words: "cjk"', '6'],
    ['"hello world" | number_of_words: "auto"', '2'],
    ['"The _config.yml file" | slugify', 'the-config-yml-file'],
    ['"The _config.yml file" | slugify: "pretty"', 'the-_config.yml-file'],
    ['"The _cönfig.yml file" | slugify: "ascii"', 'the-c-nfig-yml-file'],
    ['"The cönfig Ærø file" | slugify: "latin"', 'the-config-aero-file'],
    ['"The _config.yml  file" | slugify: "raw"', 'the-_config.yml-file'],
    ['"The _config.yml FILE" | slugify: "none"', 'the _config.yml file'],
    ['" A b " | slugify: "default", true', 'A-b'],
    ['"-" | slugify: "raw"', ''],
    ['"a" | slugify: "constructor"', '! template_render'],
  ])
})

describe('filters of Jekyll for encodings, numbers and days', () => {
  cases([
    ['"<a b=\'c\'>" | xml_escape', '&lt;a b=&#39;c&#39;&gt;'],
    ['"foo, bar; baz?" | cgi_escape', 'foo%2C+bar%3B+baz%3F'],
    ['"http://foo.com/?q=é [x]" | uri_escape', 'http://foo.com/?q=%C3%A9%20[x]'],
    ['"x" | sha256', '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'],
    ['"x" | hmac_sha256: "k" | size', '64'],
    ['"12.7" | to_integer', '12'],
    ['-3.7 | to_integer', '-3'],
    ['true | to_integer', '1'],
    ['"x" | to_integer', '0'],
    ['pairs | jsonify', '{"a":1,"b":2}'],
    ['pairs | json: 1', '{\n "a": 1,\n "b": 2\n}'],
    ['holdsItself | inspect', '{"a":1,"self":"[Circular]"}'],
    ['holdsItself | json', '! template_render'],
    ['nested | push: 1.0 | push: nil | json', '[[1,2],[3],1,null]'],
    ['day | date_to_string', '07 Nov 2008'],
    ['day | date_to_string: "ordinal"', '7th Nov 2008'],
    ['"2008-11-22" | date_to_string: "ordinal", "US"', 'Nov 22nd, 2008'],
    ['"2008-11-11" | date_to_long_string: "ordinal"', '11th November 2008'],
    ['"2008-11-03" | date_to_long_string', '03 November 2008'],
    ['day | date_to_xmlschema', '2008-11-07T13:07:54+02:00'],
    ['day | date_to_rfc822', 'Fri, 07 Nov 2008 13:07:54 +0200'],
    ['"never" | date_to_string', 'never'],
  ])
})
