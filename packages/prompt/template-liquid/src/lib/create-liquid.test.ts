import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attempt } from '@empire/errors'
import { templateEngineCases } from '@empire/template/conformance'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createLiquid, type LiquidOptions } from './create-liquid.ts'

const samples = {
  variable: '{{ name }}',
  path: 'Hello\n{{ user.name }} {{ user.age }}',
  loop: '{% for item in items %}{{ item }},{% endfor %}',
  broken: 'one\ntwo\n{% if %}',
  optional: '{{ tone | default: "calm" }}',
  include: (path: string) => `{% include "${path}" %}`,
}

/** UTF-16 units of all kinds, half a pair among them. */
const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units))

/** The code and the message that a template fails with. */
function failure(source: string, assigns?: object, options?: LiquidOptions): { code: string; message: string } {
  const result = attempt(() =>
    createLiquid(options)
      .compile(source, { name: 'main' })
      .render({ ...assigns }),
  )
  return result.ok ? { code: 'none', message: result.value } : result.error
}

describe('createLiquid', () => {
  it.each(templateEngineCases(createLiquid, samples))('$name', ({ run }) => {
    expect(run).not.toThrow()
  })

  it('prints any text as it is, between any others', () => {
    const template = createLiquid().compile('{{ a }}|{{ b }}')
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(template.render({ a, b })).toBe(`${a}|${b}`)
      }),
    )
  })

  it('compiles the same text once', () => {
    const liquid = createLiquid()
    expect(liquid.compile('{{ a }}')).toBe(liquid.compile('{{ a }}'))
  })

  it('does not count in the values of the caller', () => {
    const assigns = Object.freeze({ n: 5 })
    const template = createLiquid().compile('{% increment n %}{% increment n %}{{ n }}{% decrement m %}')
    expect([template.render(assigns), template.render(assigns)]).toEqual(['567-1', '567-1'])
  })
})

describe('createLiquid, strict', () => {
  it('names what is not defined, the line and the template', () => {
    expect(failure('Hi,\nI am {{ user.nmae }}', { user: { name: 'Ada' } })).toMatchObject({
      code: 'template_undefined_variable',
      details: { variable: 'user.nmae', engine: 'liquid', template: 'main', line: 2, column: 9 },
      message: [
        'The variable "user.nmae" is not defined. Pass it in the assigns, or give it a default: {{ user.nmae | default: "" }}. (line 2, column 9, template "main", engine liquid)',
        '',
        '  I am {{ user.nmae }}',
        '          ^',
      ].join('\n'),
    })
  })

  it('may be asked for a variable that is not defined', () => {
    const source = '{% if a.b %}yes{% else %}no{% endif %} {{ a.b | default: "none" }}'
    expect(createLiquid().compile(source).render()).toBe('no none')
  })

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'a.__proto__',
    'a.constructor',
    'a.toString',
    'list.map',
    'text.at',
  ])('keeps %s out of reach', (variable) => {
    const assigns = { a: {}, list: [], text: 't' }
    expect(failure(`{{ ${variable} }}`, assigns)).toMatchObject({
      code: 'template_undefined_variable',
      details: { variable },
    })
  })

  it('reads own properties of any name', () => {
    const assigns = JSON.parse('{ "__proto__": 1, "constructor": { "toString": 2 } }') as object
    const template = createLiquid().compile('{{ __proto__ }}{{ constructor.toString }}')
    expect(template.render({ ...assigns })).toBe('12')
  })

  it('does not quote a key that is taken from a value', () => {
    const { code, message } = failure('{{ a[key].b }}', { a: {}, key: 'secret' })
    expect(code).toBe('template_undefined_variable')
    expect(message).toContain('"a[key].b"')
    expect(message).not.toContain('secret')
  })

  it('refuses a filter that does not exist, when it compiles', () => {
    expect(() => createLiquid().compile('{{ a | upcased }}')).toThrow(
      'The filter "upcased" does not exist. Did you mean "upcase"? (line 1, column 8, engine liquid)',
    )
  })

  it('is lenient when told so', () => {
    const liquid = createLiquid({ strictVariables: false, strictFilters: false })
    expect(liquid.compile('[{{ a.b }}{{ "x" | nothing }}]').render()).toBe('[x]')
  })

  it('refuses to print a promise', () => {
    expect(failure('{{ a }}', { a: Promise.resolve(1) }).message).toContain(
      'A promise cannot be printed. Await it before it is passed in the assigns.',
    )
  })

  it('says what a getter threw', () => {
    const cause = new Error('Database gone')
    const assigns = Object.defineProperty({}, 'a', {
      get() {
        throw cause
      },
      enumerable: true,
    })
    expect(() => createLiquid().compile('{{ a }}').render(assigns)).toThrow(
      expect.objectContaining({ code: 'template_render', cause }),
    )
  })
})

describe('createLiquid, limits', () => {
  const doubling = {
    capture: '{% capture s %}{{ s }}{{ s }}{% endcapture %}',
    append: '{% assign s = s | append: s %}',
  }

  it.each([
    ['parseLimit', 'x'.repeat(1_000_001)],
    ['memoryLimit', '{% for i in (1..100000000000) %}{% endfor %}'],
    ['memoryLimit', `{% assign s = "0123456789" %}${doubling.capture.repeat(50)}`],
    ['memoryLimit', `{% assign s = "0123456789" %}${doubling.append.repeat(50)}`],
    ['memoryLimit', '{% for i in (1..5000) %}{% for j in (1..100) %}{{ big }}{% endfor %}{% endfor %}'],
    ['depth', '{% if a %}'.repeat(50_000)],
    ['depth', '{% include "itself" %}'],
    ['depth', '{% render "renders-itself" %}'],
    ['depth', `{{ a${'[a'.repeat(50_000)} }}`],
    ['depth', `{{ ${'('.repeat(50_000)} }}`],
    ['depth', '{% for i in list %}'.repeat(50_000)],
    ['depth', '{% capture a %}'.repeat(50_000)],
    ['depth', '{% case a %}{% when a %}'.repeat(20_000)],
    ['depth', '{{ circular | join }}'],
    ['memoryLimit', `{% assign a = 3 %}${'{% assign a = a | times: a %}'.repeat(30)}`],
    ['memoryLimit', `{{ ${'9'.repeat(2000)} }}`],
    ['memoryLimit', '{{ digits | plus: 1 }}'],
    ['memoryLimit', '{% tablerow i in (1..4000000) %}{% endtablerow %}'],
    [
      'memoryLimit',
      '{% capture s %}{% for i in (1..99999) %}{{ i }}{% endfor %}{% endcapture %}{% assign a = s | split: "" %}{% for i in (1..99) %}{% assign a = a | concat: a %}{% endfor %}',
    ],
    ['memoryLimit', '{{ "now" | date: "%999999999d" }}'],
    ['memoryLimit', '{{ "now" | date: "%99999999N" }}'],
    ['memoryLimit', '{{ big | replace: "", big | replace: "", big }}'],
    [
      'memoryLimit',
      '{% for i in (1..5000) %}{% for j in (1..1000) %}{% assign x = big | upcase %}{% endfor %}{% endfor %}',
    ],
    ['depth', '{{ circular }}'],
  ])('holds %s', (limit, source) => {
    const circular: unknown[] = []
    circular.push(circular)
    const templates = {
      itself: '{% include "itself" %}',
      'renders-itself': '{% render "renders-itself" %}',
    }
    expect(
      failure(
        source,
        { a: 1, big: 'x'.repeat(1000), digits: '1'.repeat(1_000_000), list: [1], circular },
        { templates, renderLimit: Infinity },
      ),
    ).toMatchObject({
      code: 'template_limit_exceeded',
      details: { limit },
    })
  })

  it('holds renderLimit', () => {
    const loops = '{% for i in (1..1000) %}'.repeat(4) + '{% endfor %}'.repeat(4)
    expect(failure(loops, {}, { renderLimit: 1 })).toMatchObject({
      code: 'template_limit_exceeded',
      details: { limit: 'renderLimit' },
    })
  })

  const text = 'a'.repeat(1_000_000)
  const [twin, other] = [`${text}b`, `${text}c`]
  const costly = {
    text,
    twin,
    other,
    needle: `${'a'.repeat(200_000)}b${'a'.repeat(200_000)}`,
    alike: Array.from({ length: 100_000 }, (_, index) => (index % 2 === 0 ? twin : other)),
    many: Array.from({ length: 1_000_000 }, () => ({ y: 1 })),
    list: [],
    wide: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key ${index}`, { index }])),
    spaces: ' '.repeat(1_000_000),
    characters: '😀'.repeat(500_000),
  }

  it.each([
    ...['where: "x"', 'map: "x"', 'sort', 'sum', 'uniq', 'reverse', 'join: ""', 'compact', 'concat: list'].map(
      (filter) => `{% assign a = (1..4900000) | ${filter} %}`,
    ),
    ...['where: "x"', 'reject: "x"', 'has: "x"', 'find: "x"', 'map: "x"', 'sum: "x"', 'compact: "x"', 'uniq: "x"'].map(
      (filter) => `{% assign a = many | ${filter} %}`,
    ),
    `{% assign a = (1..1000000) | sort %}{% if ${'a contains -1 or '.repeat(20)} false %}{% endif %}`,
    `{% assign a = (1..500000) | sort %}{% assign b = (1..500000) | sort %}{% if ${'a != b or '.repeat(20)} false %}{% endif %}`,
    '{% for i in (1..4000000) %}{% endfor %}',
    '{% for i in (1..4000000) %}{% cycle 1, 2 %}{% endfor %}',
    ...['twin == other', 'other <= twin', 'twin contains "d"'].map(
      (test) => `{% if ${`${test} or `.repeat(30_000)} false %}{% endif %}`,
    ),
    `{% case twin %}${'{% when other %}'.repeat(30_000)}{% endcase %}`,
    '{% if text contains needle %}{% endif %}',
    ...['split', 'remove', 'remove_first', 'remove_last'].map((filter) => `{{ text | ${filter}: needle }}`),
    ...['replace', 'replace_first', 'replace_last'].map((filter) => `{{ text | ${filter}: needle, "b" }}`),
    ...['sort', 'sort_natural', 'uniq'].map((filter) => `{% assign a = alike | ${filter} %}`),
    // Each is over at once, so that only the loop shows what it takes.
    ...[
      '{{ wide.size }}',
      '{{ wide.first | size }}',
      '{{ wide | size }}',
      '{{ wide | first | size }}',
      '{{ wide | default: 1 | size }}',
      '{% if wide == empty %}{% endif %}',
      '{% if wide == pair %}{% endif %}',
      '{% for pair in wide limit: 1 %}{% endfor %}',
      '{{ characters.size }}',
      '{{ spaces | plus: 1 }}',
      '{% for i in (spaces..1) limit: 1 %}{% endfor %}',
      '{{ spaces | date: "%Y" | size }}',
    ].map((part) => `{% for turn in (1..100000) %}${part}{% endfor %}`),
    '{{ many }}',
    '{{ many | json }}',
    '{{ many | upcase }}',
    '{{ many | url_encode }}',
    '{{ many | where_exp: "x", "x.y == 2" | size }}',
    '{{ many | group_by: "y" | size }}',
    '{{ text | number_of_words: "cjk" }}{{ many | array_to_sentence_string | size }}',
  ])('holds renderLimit inside of %s', (source) => {
    const limits = { renderLimit: 20, strictVariables: false }
    expect(failure(source, costly, limits)).toMatchObject({
      code: 'template_limit_exceeded',
      details: { limit: 'renderLimit' },
    })
  })

  it('holds memoryLimit for what prints itself many times over', () => {
    let doubled: unknown = 'x'
    for (let depth = 0; depth < 40; depth++) doubled = { a: doubled, b: doubled }
    for (const use of [
      '{{ doubled }}',
      '{{ doubled | json }}',
      '{{ doubled | upcase }}',
      '{{ doubled | where: "a" }}',
    ]) {
      expect(failure(use, { doubled }, { renderLimit: Infinity, memoryLimit: 100_000 })).toMatchObject({
        code: 'template_limit_exceeded',
        details: { limit: 'memoryLimit' },
      })
    }
  })

  it('takes limits of its own', () => {
    expect(failure('12345', {}, { parseLimit: 4 })).toMatchObject({ details: { limit: 'parseLimit' } })
    expect(failure('12345', {}, { memoryLimit: 4 })).toMatchObject({ details: { limit: 'memoryLimit' } })
    expect(failure('12345', {}, { parseLimit: 5, memoryLimit: 5 })).toEqual({ code: 'none', message: '12345' })
  })

  it.each([0, -1, Number.NaN, '5'])('refuses %j as a limit', (limit) => {
    expect(() => createLiquid({ parseLimit: limit as number })).toThrow(
      /^Expected "parseLimit" to be a positive number/,
    )
  })

  it('reads a template of 40,000 tokens', () => {
    const liquid = createLiquid({ renderLimit: Infinity })
    const source = '{{a}}'.repeat(40_000)
    expect(liquid.compile(source).render({ a: 1 })).toBe('1'.repeat(40_000))
    expect(liquid.variables(source)).toEqual([{ name: 'a', path: ['a'] }])
  })
})

describe('createLiquid, included templates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'empire-liquid-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const root = join(folder, 'prompts')
  mkdirSync(root)
  writeFileSync(join(root, 'file.liquid'), 'file of {{ owner }}')
  writeFileSync(join(root, 'shadowed'), 'not this')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link'))
  const templates = {
    shadowed: 'map of {{ owner }}',
    broken: 'a\n{% oops %}',
  }
  const liquid = createLiquid({ templates, root })

  it.each([
    ['{% include "shadowed" %}', 'map of Ada'],
    ['{% include name %}', 'map of Ada'],
    ['{% render "shadowed", owner: owner %}', 'map of Ada'],
    ['{% include "file.liquid" %}', 'file of Ada'],
  ])('renders %s', (source, text) => {
    expect(liquid.compile(source).render({ owner: 'Ada', name: 'shadowed' })).toBe(text)
  })

  it('compiles a file', () => {
    expect(liquid.compile({ file: 'file.liquid' }).render({ owner: 'Ada' })).toBe('file of Ada')
  })

  it('reads no file that exceeds parseLimit', () => {
    writeFileSync(join(root, 'large'), 'x'.repeat(100))
    const small = createLiquid({ root, parseLimit: 30 })
    for (const use of [() => small.compile({ file: 'large' }), () => small.compile('{% include "large" %}').render()]) {
      expect(use).toThrow(
        expect.objectContaining({
          code: 'template_limit_exceeded',
          details: expect.objectContaining({ limit: 'parseLimit', path: 'large' }),
        }),
      )
    }
  })

  it('sees a file that has changed', () => {
    writeFileSync(join(root, 'changing'), '1')
    const template = liquid.compile('{% include "changing" %}')
    expect(template.render()).toBe('1')
    writeFileSync(join(root, 'changing'), '2')
    expect(template.render()).toBe('2')
  })

  it.each([
    ['{% include "../secret.txt" %}', 'template_outside_root'],
    ['{% include "/etc/passwd" %}', 'template_outside_root'],
    ['{% include "link" %}', 'template_outside_root'],
    ['{% include "none" %}', 'template_not_found'],
    ['{% include "constructor" %}', 'template_not_found'],
    ['{% render "__proto__" %}', 'template_not_found'],
    ['{% include "toString" %}', 'template_not_found'],
    ['{% include "a\0b" %}', 'template_not_found'],
    ['{% include "..\\secret.txt" %}', 'template_not_found'],
    ['{% include "nested/../../secret.txt" %}', 'template_outside_root'],
    ['{% render "../secret.txt" %}', 'template_outside_root'],
    ['{% include "broken" %}', 'template_syntax'],
  ])('refuses %s with %s', (source, code) => {
    expect(failure(source, {}, { templates, root }).code).toBe(code)
  })

  it('says where the missing template was included', () => {
    expect(failure('a\nb {% include "none" %}')).toMatchObject({
      details: { path: 'none', template: 'main', line: 2, column: 3 },
      message:
        'No template "none", and no root to read files from. Pass it in "templates", or a "root". (line 2, column 3, template "main", engine liquid)\n\n  b {% include "none" %}\n    ^',
    })
  })

  it('says which included template is wrong', () => {
    const facts = { template: 'broken', line: 2, column: 1 }
    expect(failure('{% include "broken" %}', {}, { templates })).toMatchObject({ details: facts })
    const undefinedInside = failure('{% include "shadowed" %}', {}, { templates })
    expect(undefinedInside).toMatchObject({ details: { variable: 'owner', template: 'shadowed', line: 1, column: 11 } })
  })

  it('refuses a map whose values are no texts', () => {
    expect(() => createLiquid({ templates: { a: 3 as unknown as string } })).toThrow(
      'Expected "templates["a"]" to be a string, got a number (3).',
    )
  })

  it('does not change with the map that it was given', () => {
    const map = { a: '1' }
    const template = createLiquid({ templates: map }).compile('{% include "a" %}')
    map.a = '2'
    expect(template.render()).toBe('1')
  })
})

describe('createLiquid, variables', () => {
  const templates = {
    part: '{{ inside }}{{ given }}',
    a: '{% include "b" %}{{ x }}',
    b: '{% include "a" %}{{ y }}',
    'uses-x': '{{ x }}',
    'sets-z': '{% assign z = 1 %}',
    'sets-y': '{% assign y = 1 %}',
    'may-set-x': '{% if a %}{% assign x = 1 %}{% endif %}',
  }

  it.each([
    ['{{ a }}{{ b.c }}{{ a }}', 'a b.c'],
    ['{{ a["x y"][0].c }}', 'a["x y"][0].c'],
    ['{{ a[b.c].d }}', 'a b.c'],
    ['{{ a | append: b | default: c.d }}', 'a b c.d'],
    ['{% if a and b.c == d %}{% elsif e %}{% endif %}', 'a b.c d e'],
    ['{% for i in (1..n) %}{{ i }}{{ forloop.index }}{% endfor %}{{ i }}', 'n i'],
    ['{% for i in a %}{% for i in b %}{% endfor %}{{ i }}{% endfor %}', 'a b'],
    ['{% assign a = b %}{{ a }}', 'b'],
    ['{{ a }}{% assign a = 1 %}{{ a }}', 'a'],
    ['{% capture a %}{{ b }}{% endcapture %}{{ a }}', 'b'],
    ['{% case a %}{% when b %}{{ c }}{% endcase %}', 'a b c'],
    ['{% raw %}{{ a }}{% endraw %}{% comment %}{{ b }}{% endcomment %}', ''],
    ['{% liquid\n echo a\n assign b = c\n echo b %}', 'a c'],
    ['{{ "text" }}{{ 3 }}{{ nil }}{{ true }}', ''],
    ['{% include "part", given: a %}', 'a inside'],
    ['{% assign inside = 1 %}{% include "part" %}', 'given'],
    ['{% assign inside = 1 %}{% render "part", given: 2 %}', 'inside'],
    ['{% include "a" %}', 'y x'],
    ['{% for x in list %}{% include "uses-x" %}{% endfor %}{% include "uses-x" %}', 'list x'],
    ['{% include "sets-z" %}{{ z }}{% render "sets-y" %}{{ y }}', 'y'],
    ['{% render "part" for docs as inside %}', 'docs given'],
    ['{% include "part" with doc as given %}', 'doc inside'],
    ['{% cycle a: b, c %}{% tablerow i in d cols: e %}{{ i }}{{ f }}{% endtablerow %}', 'a b c d e f'],
    ['{% for i in a offset: b limit: c %}{% else %}{{ i }}{% endfor %}', 'a b c i'],
    ['{% if a %}{% assign x = 1 %}{% endif %}{{ x }}', 'a x'],
    ['{% if a %}{% assign x = 1 %}{% else %}{% assign x = 2 %}{% endif %}{{ x }}', 'a'],
    ['{% if a %}{% assign x = 1 %}{{ x }}{% elsif x %}{% else %}{% assign x = 2 %}{% endif %}{{ x }}', 'a x'],
    ['{% for i in a %}{% assign x = i %}{{ x }}{% endfor %}{{ x }}', 'a x'],
    ['{% case a %}{% when 1 %}{% capture x %}{% endcapture %}{% else %}{% assign x = 2 %}{% endcase %}{{ x }}', 'a'],
    ['{% include "may-set-x" %}{{ x }}', 'a x'],
    ['{% increment a %}{{ a }}{% ifchanged %}{{ b }}{% endifchanged %}', 'b'],
    ['{% include name %}', 'name'],
    ['{{ __proto__ }}{{ constructor.name }}', '__proto__ constructor.name'],
  ])('of %s are %s', (source, names) => {
    const variables = createLiquid({ templates }).variables(source)
    expect(variables.map(({ name }) => name).join(' ')).toBe(names)
  })

  it('are all that has to be passed', () => {
    const source = '{% for i in list %}{{ i }}{{ b }}{% endfor %}{{ c | upcase }}'
    const liquid = createLiquid()
    const variables = liquid.variables(source)
    expect(liquid.compile(source).render(Object.fromEntries(variables.map(({ name }) => [name, 'x'])))).toBe('xxX')
  })

  it('cannot be told if an included template is missing', () => {
    expect(() => createLiquid().variables('{% include "none" %}')).toThrow(
      expect.objectContaining({ code: 'template_not_found' }),
    )
  })
})

describe('createLiquid, options', () => {
  it('has a name that errors call it by', () => {
    const liquid = createLiquid({ name: 'liquid-html', escape: 'html' })
    expect(liquid.name).toBe('liquid-html')
    expect(() => liquid.compile('{{ a }}').render()).toThrow('(line 1, column 4, engine liquid-html)')
    expect(() => liquid.compile({ file: 'a' })).toThrow(expect.objectContaining({ engine: 'liquid-html' }))
  })

  it.each([
    [{ templats: {} }, '"options" has no key "templats". Did you mean "templates"?'],
    [{ layout: 'a' }, /^"options" has no key "layout"\. Known: name, templates, root,/],
    [{ name: '' }, 'Expected "name" to be a name, got a string ("").'],
    [{ strictVariables: 1 }, 'Expected "strictVariables" to be a boolean, got a number (1).'],
    [{ strictFilters: 'no' }, 'Expected "strictFilters" to be a boolean, got a string ("no").'],
    [{ templates: 'abc' }, 'Expected "templates" to be an object of texts by path, got a string ("abc").'],
    [{ filters: null }, 'Expected "filters" to be an object of functions by name, got null.'],
    [{ tags: [] }, 'Expected "tags" to be an object of tags by name, got an empty array.'],
    [null, 'Expected "options" to be an object, got null.'],
    ['a', 'Expected "options" to be an object, got a string ("a").'],
    [{ now: 0 }, 'Expected "now" to be a function, got a number (0).'],
  ])('refuses %j', (options, message) => {
    expect(() => createLiquid(options as unknown as LiquidOptions)).toThrow(TypeError)
    expect(() => createLiquid(options as unknown as LiquidOptions)).toThrow(message)
  })

  it('has no modules', () => {
    for (const use of [createLiquid().compile, createLiquid().variables]) {
      expect(() => use({ module: 'greeting' })).toThrow(
        expect.objectContaining({
          code: 'template_not_found',
          message: 'No module "greeting": the engine "liquid" has texts and files only. (engine liquid)',
        }),
      )
    }
  })
})
