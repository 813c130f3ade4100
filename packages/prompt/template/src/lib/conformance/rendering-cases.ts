import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { refusal } from './refusal.ts'
import type { ConformanceCase, CreateTemplateEngine, TemplateEngineSamples } from './template-engine-samples.ts'

/** The promises about what is rendered, and what is refused. */
export function renderingCases(create: CreateTemplateEngine, samples: TemplateEngineSamples): ConformanceCase[] {
  return [
    {
      name: 'has a name',
      run() {
        const { name } = create()
        ok(typeof name === 'string' && name !== '')
      },
    },
    {
      name: 'renders a text without markup as it is',
      run() {
        for (const text of [
          '',
          ' ',
          'a',
          'two\nlines\r\n',
          'e\u0301 👨‍👩‍👧 日本',
          '\uD800',
          '\0',
          '<b>&amp;</b>',
          '$& $1 \\n',
        ]) {
          equal(create().compile(text).render(), text)
        }
      },
    },
    {
      name: 'takes a text for its own inline source',
      run() {
        equal(create().compile({ inline: samples.variable }).render({ name: 'Ada' }), 'Ada')
        equal(create().compile(samples.variable).render({ name: 'Ada' }), 'Ada')
      },
    },
    {
      name: 'renders values verbatim, without escapes',
      run() {
        const template = create().compile(samples.variable)
        for (const name of [
          '',
          '<a href="#">&\'`',
          '{{ name }}',
          '{% if %}',
          '<%= name %>',
          '$&',
          'a\r\nb',
          '😀\uDC00',
          '\0',
        ]) {
          equal(template.render({ name }), name)
        }
      },
    },
    {
      name: 'renders the same template with different values, one after the other',
      run() {
        const template = create().compile(samples.loop)
        equal(template.render({ items: [1, 2] }), '1,2,')
        equal(template.render({ items: [] }), '')
        equal(template.render({ items: ['x'] }), 'x,')
        equal(template.render({ items: [1, 2] }), '1,2,')
      },
    },
    {
      name: 'reads properties along a path',
      run() {
        equal(
          create()
            .compile(samples.path)
            .render({ user: { name: 'Ada', age: 36 } }),
          'Hello\nAda 36',
        )
      },
    },
    {
      name: 'leaves the values as they were, and takes frozen ones',
      run() {
        const assigns = Object.freeze({ items: Object.freeze([1, 2, 3]) })
        equal(create().compile(samples.loop).render(assigns), '1,2,3,')
        deepEqual(assigns, { items: [1, 2, 3] })
      },
    },
    {
      name: 'refuses a broken template with the line',
      run() {
        throws(() => create().compile(samples.broken), refusal(create(), 'template_syntax', { line: 3 }))
      },
    },
    {
      name: 'names the variable that is not defined, with the line',
      run() {
        const template = create().compile(samples.path)
        const facts = { line: 2, variable: 'user.name' }
        throws(() => template.render({ user: {} }), refusal(create(), 'template_undefined_variable', facts))
      },
    },
    {
      name: 'keeps prototypes out of reach',
      run() {
        const template = create().compile(samples.path)
        const user: unknown = Object.create({ name: 'Ada', age: 36 })
        throws(
          () => template.render({ user }),
          refusal(create(), 'template_undefined_variable', { variable: 'user.name' }),
        )
      },
    },
    {
      name: 'refuses what is no source and what are no values',
      run() {
        for (const source of [undefined, null, 3, {}, { inline: 3 }, { inline: 'a', file: 'b' }, ['a']]) {
          throws(() => create().compile(source as unknown as string), TypeError)
        }
        for (const assigns of [null, 3, 'name', ['name']]) {
          throws(
            () =>
              create()
                .compile(samples.variable)
                .render(assigns as unknown as {}),
            TypeError,
          )
        }
      },
    },
    {
      name: 'may be asked for a variable that is not given',
      run() {
        equal(create().compile(samples.optional).render(), 'calm')
        equal(create().compile(samples.optional).render({ tone: 'dry' }), 'dry')
      },
    },
    {
      name: 'prints nothing for null',
      run() {
        equal(create().compile(samples.variable).render({ name: null }), '')
      },
    },
    {
      name: 'renders again after it has failed, and in the middle of itself',
      run() {
        const template = create().compile(samples.path)
        throws(() => template.render({ user: {} }))
        equal(template.render({ user: { name: 'Ada', age: 36 } }), 'Hello\nAda 36')
        const inner = { name: 'Bob', age: 1 }
        const user = {
          get name() {
            return template.render({ user: inner }).length
          },
          age: 2,
        }
        equal(template.render({ user }), 'Hello\n11 2')
      },
    },
    {
      name: 'counts lines that end with a carriage return too',
      run() {
        throws(
          () => create().compile(`\r\n\r\n${samples.path}`).render({ user: {} }),
          refusal(create(), 'template_undefined_variable', { line: 4 }),
        )
      },
    },
    {
      name: 'says what the template is called, and nothing of the values',
      run() {
        const template = create().compile(samples.path, { name: 'letter' })
        throws(
          () => template.render({ user: { name: 'secret' } }),
          (error) => {
            ok(!String(error).includes('secret') && String(error).includes('"letter"'))
            return refusal(create(), 'template_undefined_variable', { template: 'letter', variable: 'user.age' })(error)
          },
        )
      },
    },
    {
      name: 'has no modules',
      run() {
        for (const use of [create().compile, create().variables]) {
          throws(() => use({ module: 'greeting' }), refusal(create(), 'template_not_found', { module: 'greeting' }))
        }
      },
    },
  ]
}
