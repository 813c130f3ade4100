import { deepEqual, throws } from 'node:assert/strict'
import { compareAssigns } from '../compare-assigns.ts'
import { refusal } from './refusal.ts'
import type { ConformanceCase, CreateTemplateEngine, TemplateEngineSamples } from './template-engine-samples.ts'

/** The promises about the variables that a template takes. */
export function variableCases(create: CreateTemplateEngine, samples: TemplateEngineSamples): ConformanceCase[] {
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
