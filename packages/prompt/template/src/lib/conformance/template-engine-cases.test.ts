import { describe, expect, it } from 'vitest'
import type { TemplateEngine } from '../template-engine.ts'
import { templateEngineCases } from './template-engine-cases.ts'
import type { TemplateEngineSamples } from './template-engine-samples.ts'

const samples: TemplateEngineSamples = {
  variable: '$name',
  path: 'Hello\n$user.name $user.age',
  loop: '$each(items)',
  broken: '\n\n$(',
  optional: '$tone?calm',
  include: (path) => `$include(${path})`,
}

const create = (): TemplateEngine => {
  throw new Error('not made before a case runs')
}

describe('templateEngineCases', () => {
  it('gives cases to run', () => {
    const cases = templateEngineCases(create, samples)
    expect(cases.length).toBeGreaterThan(20)
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })

  it.each<[Partial<Record<keyof TemplateEngineSamples, unknown>> | undefined, string]>([
    [undefined, 'Expected "samples.variable" to be a template in the language of the engine, got undefined.'],
    [
      { ...samples, loop: 3 },
      'Expected "samples.loop" to be a template in the language of the engine, got a number (3).',
    ],
    [
      { ...samples, include: 'x' },
      'Expected "samples.include" to be a function (path) => template, got a string ("x").',
    ],
  ])('says which sample is missing: %j', (given, message) => {
    expect(() => templateEngineCases(create, given as unknown as TemplateEngineSamples)).toThrow(new TypeError(message))
  })
})
