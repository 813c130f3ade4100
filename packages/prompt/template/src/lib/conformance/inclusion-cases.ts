import { deepEqual, equal, throws } from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refusal } from './refusal.ts'
import type { ConformanceCase, CreateTemplateEngine, TemplateEngineSamples } from './template-engine-samples.ts'

/** The promises about templates in others, and in files. */
export function inclusionCases(create: CreateTemplateEngine, samples: TemplateEngineSamples): ConformanceCase[] {
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
