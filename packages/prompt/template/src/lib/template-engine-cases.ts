import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmpireError } from '@empire/errors'
import { compareAssigns } from './compare-assigns.ts'
import type { TemplateEngine } from './template-engine.ts'
import type { TemplateLookupOptions } from './template-lookup.ts'

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
  /** Prints the variable `tone`, or `calm` if it is not given. */
  readonly optional: string
  /** Prints the template at this path, which sees the variables of this one, and nothing else. */
  include(path: string): string
}

type Create = (options?: TemplateLookupOptions) => TemplateEngine

/**
 * The promises of a `TemplateEngine`, for any test runner:
 * `for (const { name, run } of templateEngineCases(create, samples)) it(name, run)`.
 *
 * `create` makes an engine that takes an undefined variable for an error, with these templates or this root.
 */
export function templateEngineCases(create: Create, samples: TemplateEngineSamples): ConformanceCase[] {
  return [...renderingCases(create, samples), ...variableCases(create, samples), ...inclusionCases(create, samples)]
}

function renderingCases(create: Create, samples: TemplateEngineSamples): ConformanceCase[] {
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

function variableCases(create: Create, samples: TemplateEngineSamples): ConformanceCase[] {
  return [
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
      name: 'lists variables that can be held against the values before rendering',
      run() {
        const report = compareAssigns(create().variables(samples.path), { user: { nmae: 'Ada', age: 36 }, extra: 1 })
        deepEqual(
          report.misspelt.map(({ name, given }) => [name, given]),
          [['user.name', 'user.nmae']],
        )
        deepEqual([report.missing, report.unused], [[], ['extra']])
      },
    },
    {
      name: 'lists variables without rendering, and refuses what it cannot read',
      run() {
        throws(() => create().variables(samples.broken), refusal(create(), 'template_syntax', { line: 3 }))
        throws(() => create().variables({ file: 'none' }), refusal(create(), 'template_not_found', { path: 'none' }))
        throws(() => create().variables(3 as unknown as string), TypeError)
      },
    },
  ]
}

function inclusionCases(create: Create, samples: TemplateEngineSamples): ConformanceCase[] {
  return [
    {
      name: 'reads no file without a root',
      run() {
        for (const file of ['/etc/passwd', 'package.json', '../package.json', '__proto__', '']) {
          throws(() => create().compile({ file }), refusal(create(), 'template_not_found', { path: file }))
        }
      },
    },
    {
      name: 'includes templates, and lists their variables',
      run() {
        const engine = create({ templates: { part: samples.variable, whole: samples.include('part') } })
        for (const source of [samples.include('part'), samples.include('whole'), { file: 'whole' }]) {
          equal(engine.compile(source).render({ name: 'Ada' }), 'Ada')
          deepEqual(
            engine.variables(source).map(({ name }) => name),
            ['name'],
          )
        }
      },
    },
    {
      name: 'names the included template that is wrong, or is not there',
      run() {
        const engine = create({ templates: { broken: samples.broken, part: samples.path } })
        const render = (source: string): string => engine.compile(source).render({ user: {} })
        throws(
          () => render(samples.include('broken')),
          refusal(engine, 'template_syntax', { template: 'broken', line: 3 }),
        )
        throws(
          () => render(samples.include('part')),
          refusal(engine, 'template_undefined_variable', { template: 'part', line: 2 }),
        )
        for (const path of ['none', 'constructor', '__proto__', 'toString']) {
          throws(() => render(`\n${samples.include(path)}`), refusal(engine, 'template_not_found', { path, line: 2 }))
        }
      },
    },
    {
      name: 'ends with an error where templates include each other without end',
      run() {
        const engine = create({ templates: { a: samples.include('b'), b: samples.include('a') } })
        throws(() => engine.compile(samples.include('a')).render(), refusal(engine, 'template_limit_exceeded', {}))
        deepEqual(engine.variables(samples.include('a')), [])
      },
    },
    {
      name: 'reads files below its root, and none outside of it',
      run() {
        const folder = mkdtempSync(join(tmpdir(), 'empire-template-cases-'))
        try {
          const root = join(folder, 'root')
          mkdirSync(join(root, 'nested'), { recursive: true })
          writeFileSync(join(root, 'nested', 'part'), samples.variable)
          writeFileSync(join(folder, 'secret'), 'secret')
          symlinkSync(join(folder, 'secret'), join(root, 'link'))
          const engine = create({ root })
          const assigns = { name: 'Ada' }
          equal(engine.compile({ file: 'nested/part' }).render(assigns), 'Ada')
          const includer = engine.compile(samples.include('nested/part'))
          equal(includer.render(assigns), 'Ada')
          writeFileSync(join(root, 'nested', 'part'), `new ${samples.variable}`)
          equal(includer.render(assigns), 'new Ada')
          for (const path of ['../secret', 'link', 'nested/../../secret', join(folder, 'secret'), '/etc/passwd']) {
            const refused = refusal(engine, 'template_outside_root', { path })
            throws(() => engine.compile({ file: path }), refused)
            throws(() => engine.compile(samples.include(path)).render(), refused)
          }
        } finally {
          rmSync(folder, { recursive: true })
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
