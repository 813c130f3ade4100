import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { EmpireError } from '@empire/errors'
import type { TemplateEngine } from './template-engine.ts'

/** One promise of a contract: `run` throws if it is not kept. */
export interface ConformanceCase {
  /** The promise. */
  readonly name: string
  /** Throws if the promise is not kept. */
  run(): void
}

/** The few templates that the cases need, written in the language of the engine. */
export interface TemplateEngineSamples {
  /** Prints the variable `name` and nothing else. */
  readonly variable: string
  /** Prints `user.name`, then a space, then `user.age`, on its second line; the first line is `Hello`. */
  readonly path: string
  /** Prints each element of the array `items`, followed by a comma. */
  readonly loop: string
  /** Cannot be read; the fault is on the third line. */
  readonly broken: string
}

/**
 * The promises of a `TemplateEngine`, for any test runner:
 * `for (const { name, run } of templateEngineCases(create, samples)) it(name, run)`.
 *
 * `create` makes an engine that takes an undefined variable for an error.
 */
export function templateEngineCases(create: () => TemplateEngine, samples: TemplateEngineSamples): ConformanceCase[] {
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
      name: 'lists the variables that the template takes, each once, in order',
      run() {
        const variables = create().variables(samples.path + samples.variable + samples.path)
        deepEqual(
          variables.map(({ name, path }) => ({ name, path })),
          [
            { name: 'user.name', path: ['user', 'name'] },
            { name: 'user.age', path: ['user', 'age'] },
            { name: 'name', path: ['name'] },
          ],
        )
        deepEqual(create().variables('no markup'), [])
      },
    },
    {
      name: 'lists what a loop goes over, not the variable of the loop',
      run() {
        deepEqual(
          create()
            .variables(samples.loop)
            .map(({ name }) => name),
          ['items'],
        )
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
      name: 'reads no file without a root',
      run() {
        for (const file of ['/etc/passwd', 'package.json', '../package.json', '__proto__', '']) {
          throws(() => create().compile({ file }), refusal(create(), 'template_not_found', { path: file }))
        }
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
  ]
}

function refusal(engine: TemplateEngine, code: string, facts: Record<string, unknown>): (error: unknown) => boolean {
  return (error) => {
    ok(EmpireError.isInstance(error), String(error))
    equal(error.code, code)
    const { details } = error
    for (const [key, value] of Object.entries({ engine: engine.name, ...facts })) equal(details[key], value, key)
    return true
  }
}
