import { templateEngineCases } from '@empire/template/conformance'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEta, type EtaOptions } from './create-eta.ts'

const samples = {
  variable: '<%= it.name %>',
  path: 'Hello\n<%= it.user.name %> <%= it.user.age %>',
  loop: '<% for (const item of it.items) { %><%= item %>,<% } %>',
  broken: 'one\ntwo\n<% if ( %>',
  optional: '<%= it.tone ?? "calm" %>',
  include: (path: string) => `<%~ include(${JSON.stringify(path)}) %>`,
}

describe('createEta', () => {
  it.each(templateEngineCases((options) => createEta({ trusted: true, ...options }), samples))('$name', ({ run }) => {
    expect(run).not.toThrow()
  })
})

const eta = createEta({ trusted: true })

/** What a template fails with. */
function failure(source: string, assigns: object = {}, options: Partial<EtaOptions> = {}): unknown {
  try {
    return createEta({ trusted: true, ...options })
      .compile(source)
      .render({ ...assigns })
  } catch (error) {
    return error
  }
}

describe('createEta, trust', () => {
  it.each([[{}], [undefined], [{ trusted: false }], [{ trusted: 'true' }], [{ trusted: 1 }]])(
    'refuses %j',
    (options) => {
      expect(() => createEta(options as unknown as EtaOptions)).toThrow(
        expect.objectContaining({
          code: 'template_not_trusted',
          message:
            'A template of eta is code: it can do whatever this process can. Pass { trusted: true } if you wrote all of them, else use @empire/template-liquid. (engine eta)',
        }),
      )
    },
  )

  it('refuses options that do not exist', () => {
    expect(() => createEta({ trusted: true, view: 'a' } as EtaOptions)).toThrow(
      new TypeError('"options" has no key "view". Known: trusted, name, templates, root.'),
    )
    expect(() => createEta({ trusted: true, name: '' })).toThrow(
      new TypeError('Expected "name" to be a name, got a string ("").'),
    )
  })
})

describe('createEta, templates', () => {
  it.each([
    ['<% if (it.yes) { %>a<% } else { %>b<% } %>', 'a'],
    ['<% it.list.forEach((item, index) => { %><%= index %>:<%= item %> <% }) %>', '0:x 1:y '],
    ['<% switch (1) { case 1: %>one<% } %>', 'one'],
    ['<% const { name: who, list } = it; %><%= who %><%= list.length %>', 'Ada2'],
    ['<%= it.list %>|<%= it.list[1] %>|<%= it.list.length %>|<%= it["name"] %>', 'x,y|y|2|Ada'],
    ['<%= it.name // who\n %>', 'Ada'],
    ['<%= it.name; %>', 'Ada'],
    ['<%= `${it.name}!` %>', 'Ada!'],
    ['<%= "%>" %>', '%>'],
    ['<%= it.map.size %><%= it.book.title %>', '1Title'],
    ['<%= it.missing ?? "none" %><% if (it.missing) { %>x<% } %>', 'none'],
    ['<%= it.nested?.missing ?? it.nothing?.a ?? "deep" %>', 'deep'],
    ['a <%- -%> b', 'a  b'],
    ['a\r\n<%_ _%>\r\nb\r\n', 'ab\r\n'],
    ["'\\ ${it} `\u2028", "'\\ ${it} `\u2028"],
    ['<%= it.html %><%~ it.html %>', '<&><&>'],
  ])('renders %j', (source, text) => {
    class Book {
      get title(): string {
        return 'Title'
      }
    }
    const assigns = { yes: true, name: 'Ada', list: ['x', 'y'], map: new Map([[1, 2]]), book: new Book(), html: '<&>' }
    expect(eta.compile(source).render({ ...assigns, nested: {}, nothing: null })).toBe(text)
  })

  it('includes with further values, and lays one template around another', () => {
    const templates = {
      item: '<%= it.mark %><%= it.item %>',
      page: '<<%= it.title %>><%~ it.body %></<%= it.title %>>',
    }
    const engine = createEta({ trusted: true, templates })
    const source =
      '<% layout("page", { title: "b" }) %><% for (const item of it.items) { %><%~ include("item", { item }) %><% } %>'
    expect(engine.compile(source).render({ items: [1, 2], mark: '-' })).toBe('<b>-1-2</b>')
    expect(engine.variables(source).map(({ name }) => name)).toEqual(['items', 'mark'])
  })

  it('leaves any text as it is, and prints any value as it is', () => {
    const unit = fc.constantFrom(
      '<',
      '%',
      '%>',
      '=',
      '-',
      '_',
      "'",
      '\\',
      '`',
      '${',
      '\r',
      '\n',
      '\r\n',
      '\u2028',
      '😀',
      '\uE000',
      ' ',
    )
    const anyText = fc.array(unit).map((units) => units.join(''))
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, value, after) => {
        fc.pre(![`${before}<`, after].some((text) => text.includes('<%')) && !before.endsWith('<'))
        expect(eta.compile(`${before}<%= it.value %>${after}`).render({ value })).toBe(before + value + after)
      }),
    )
  })

  it('compiles a text once', () => {
    const source = '<%= it.name %>'
    expect(eta.variables(source)).toEqual([{ name: 'name', path: ['name'] }])
    expect(eta.compile(source).render({ name: 1 })).toBe('1')
  })
})

describe('createEta, errors', () => {
  it.each([
    ['a\n<%= it.user.nmae %>', 'template_undefined_variable', 2, 5, 'user.nmae'],
    ['a\n <%= it.user.a.b %>', 'template_undefined_variable', 2, 6, 'user.a.b'],
    ['<%= it.user["x y"] %>', 'template_undefined_variable', 1, 5, 'user["x y"]'],
    ['<%= it.constructor %>', 'template_undefined_variable', 1, 5, 'constructor'],
    ['<%= it.user.find(1) %>', 'template_render', 1, 5, undefined],
    ['<%= [].at(0) %>', 'template_undefined_variable', 1, 5, '[].at(0)'],
    ['<%= 1 %>\n<% if (it.a.b) { %><% } %>', 'template_render', 2, 4, undefined],
    ['<%= 1 %>\n<%= nobody %>', 'template_render', 2, 5, undefined],
    ['<%= it.later %>', 'template_render', 1, 5, undefined],
    ['a\nb <% if (it.a) { %>', 'template_syntax', 2, 6, undefined],
    ['a\n<%= 1 + %>\n<%= 2 %>', 'template_syntax', 2, 5, undefined],
    ['a\n<%= 1 %>\n<% const const %>', 'template_syntax', 3, 4, undefined],
    ['a\n <% it', 'template_syntax', 2, 2, undefined],
    ['<%= await it.later %>', 'template_syntax', 1, 5, undefined],
  ])('%j is %s at %i:%i', (source, code, line, column, variable) => {
    const error = failure(source, { user: {}, later: Promise.resolve(1) })
    expect(error).toMatchObject({ code, line, column, engine: 'eta' })
    expect((error as { details: Record<string, unknown> }).details['variable']).toBe(variable)
  })

  it('shows the line, and nothing that the code says of values', () => {
    const cause = new Error('secret')
    const fail = (): never => {
      throw cause
    }
    expect(failure('a\n<%= it.fail() %>', { fail })).toMatchObject({
      cause,
      message:
        'The code of the template threw. See the cause. (line 2, column 5, engine eta)\n\n  <%= it.fail() %>\n      ^',
    })
    expect(failure('<%= nobody %>')).toMatchObject({
      problem:
        'The code of the template threw: nobody is not defined. What is passed is in "it": it.nobody. See the cause.',
    })
  })

  it('has the name that it was given', () => {
    expect(createEta({ trusted: true, name: 'code' }).name).toBe('code')
    expect(failure('<%= it.a %>', {}, { name: 'code' })).toMatchObject({ engine: 'code' })
  })
})

describe('createEta, variables', () => {
  const templates = { part: '<%= it.inside %><%= it.given %>', ring: '<%~ include("ring") %><%= it.round %>' }

  it.each([
    ['<%= it.a %><%= it.b.c %><%= it.a %>', 'a b.c'],
    ['<%= it.a[0].b["x y"] %><%= it?.c?.[1] %>', 'a[0].b["x y"] c[1]'],
    ['<%= it.a[it.b].c %>', 'a b'],
    ['<%= it.list.map((it) => it.length).join() %>', 'list'],
    ['<%= it.name.toUpperCase() %><%= it.list.length %><%= it.call() %>', 'name list'],
    ['<% for (const x of it.xs) { %><%= x.it.y %><% } %>', 'xs'],
    ['<%= "it.a" + \'it.b\' + `it.c ${it.d + `${{ a: it.e }.a}`} it.f` /* it.g */ // it.h\n %>', 'd e'],
    ['<%= /it.a/.test(it.b) ? 1 / it.c / it.d : 0 %>', 'b c d'],
    ['<% const { a, b: { c }, "d e": f = 1, ...rest } = it %>', 'a b d e'],
    ['it.a <% /* it.b */ %><%= item.c + exit.d %>', ''],
    ['<%~ include("part") %>', 'inside given'],
    ['<%~ include("part", { given: it.x, other: { inside: 1 } }) %>', 'x inside'],
    ['<%~ include("ring") %>', 'round'],
    ['<%~ include(it.path) %>', 'path'],
  ])('of %j are %s', (source, names) => {
    const variables = createEta({ trusted: true, templates }).variables(source)
    expect(variables.map(({ name }) => name.replace('["d e"]', 'd e')).join(' ')).toBe(names)
  })

  it('tells where a template is included that is not there', () => {
    expect(() => eta.variables('a\n<%~ include("none") %>')).toThrow(
      expect.objectContaining({ code: 'template_not_found', line: 2, column: 5 }),
    )
  })
})
