import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { definePipeline } from '../define-pipeline.ts'
import { InvalidPipelineError } from './invalid-pipeline-error.ts'
import { pipelineFromYaml } from './pipeline-from-yaml.ts'
import type { PipelineFromYamlOptions } from './pipeline-from-yaml-options.ts'

const log: string[] = []

const registry: PipelineFromYamlOptions<number> = {
  steps: {
    fetch: { run: ({ input }) => input * 2 },
    list: { run: ({ needs }: { needs: { size?: number } }) => Array.from({ length: needs.size ?? 0 }, (_, at) => at) },
    square: { run: ({ item }) => Number(item) ** 2 },
    half: { run: ({ value }) => Number(value) / 2 },
    sum: {
      needs: z.object({ numbers: z.array(z.number()) }),
      output: z.number(),
      run: ({ needs }: { needs: { numbers?: number[] } }) => needs.numbers?.reduce((sum, each) => sum + each, 0),
    },
    pay: { run: () => 'paid', compensate: ({ output }) => log.push(`refund ${String(output)}`) },
    fail: { run: () => Promise.reject(new Error('no')) },
  },
  conditions: { isSmall: ({ value }) => Number(value) < 2, never: () => false },
  pipelines: { double: definePipeline<number>('double').step('twice', { run: ({ input }) => input * 2 }) },
}

const refusal = (text: string, options = registry): string => {
  try {
    pipelineFromYaml(text, options)
  } catch (error) {
    if (error instanceof InvalidPipelineError) return error.message
    throw error
  }
  throw new Error('It was not refused.')
}

describe('pipelineFromYaml', () => {
  it('makes steps, maps, loops, conditions and pipelines inside from registered functions, in any order', async () => {
    const pipeline = pipelineFromYaml(
      `
name: numbers
version: 2
concurrency: 4
steps:
  total: { run: sum, needs: { numbers: squares } }
  squares: { run: square, needs: [list], over: list, concurrency: 2 }
  list: { needs: { size: fetch } }
  fetch:
    retry: { attempts: 3 }
  halved: { run: half, needs: [fetch], initial: fetch, until: isSmall, max: 9 }
  inside: { pipeline: double, input: input }
  skipped: { run: fetch, when: never }
`,
      registry,
    )
    const { outputs } = await pipeline.run(2)
    expect(outputs).toEqual({
      fetch: 4,
      list: [0, 1, 2, 3],
      squares: [0, 1, 4, 9],
      total: 14,
      halved: 1,
      inside: { twice: 4 },
      skipped: undefined,
    })
    expect(pipeline.shape.version).toBe('2')
    expect(pipeline.shape.steps.map(({ name }) => name)).toEqual([
      'fetch',
      'list',
      'squares',
      'total',
      'halved',
      'inside',
      'skipped',
    ])
  })

  it('undoes what a registered step has done', async () => {
    const pipeline = pipelineFromYaml('name: p\nsteps: { pay: , stop: { run: fail, needs: [pay] } }', registry)
    await expect(pipeline.run(1)).rejects.toThrow('Step "stop" of pipeline "p" failed: no.')
    expect(log).toEqual(['refund paid'])
  })

  it('takes the type of its input from a schema', async () => {
    const pipeline = pipelineFromYaml('name: p\nsteps: { a: }', {
      input: z.object({ question: z.string() }),
      steps: { a: { run: ({ input }) => input.question.length } },
    })
    expect((await pipeline.run({ question: 'why' })).outputs).toEqual({ a: 3 })
  })

  it.each([
    ['needs', 'The needs of step "total" are not valid. numbers: Invalid input: expected array, received number.'],
    ['output', 'The output of step "total" is not valid. Invalid input: expected number, received undefined.'],
  ])('checks the %s of a step that says what they are', async (part, message) => {
    const needs = part === 'needs' ? '{ numbers: fetch }' : '{ numbers: empty }'
    const pipeline = pipelineFromYaml(`name: p\nsteps: { fetch: , empty: , total: { run: sum, needs: ${needs} } }`, {
      ...registry,
      steps: {
        ...registry.steps,
        empty: { run: () => [] },
        sum: { ...registry.steps['sum'], run: () => undefined },
      },
    })
    const failure = await pipeline.run(1).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'step_failed', cause: { code: 'invalid_step_data', message } })
  })

  it('shows the place of a fault', () => {
    expect(refusal('name: p\nsteps:\n  list: { needs: [fetched] }\n  fetch:\n')).toBe(
      'pipeline.yaml:3:18: Step "list" needs "fetched", and there is no such step. Did you mean "fetch"?\n\n' +
        '    list: { needs: [fetched] }\n                   ^',
    )
  })

  it.each([
    [
      'a circle',
      'name: p\nsteps: { fetch: { needs: [list] }, list: { needs: [sum] }, sum: { needs: [fetch] } }',
      '2:10',
      'Expected steps that come before one another, got a circle: fetch → list → sum → fetch.',
    ],
    [
      'a step that needs itself',
      'name: p\nsteps: { fetch: { needs: [fetch] } }',
      '2:10',
      'Expected steps that come before one another, got a circle: fetch → fetch.',
    ],
    ['a doubled name', 'name: p\nsteps:\n  fetch:\n  fetch:\n', '4:3', 'Expected each name once, got "fetch" again.'],
    [
      'an unknown step',
      'name: p\nsteps: { a: { run: fetsch } }',
      '2:20',
      'No step is registered as "fetsch". Did you mean "fetch"?',
    ],
    [
      'a name that every object has',
      'name: p\nsteps: { constructor: }',
      '2:10',
      'No step is registered as "constructor". Registered: fetch, list, square, half, sum, pay, fail.',
    ],
    [
      'an unknown condition',
      'name: p\nsteps: { fetch: { when: maybe } }',
      '2:25',
      'No condition is registered as "maybe". Registered: isSmall, never.',
    ],
    [
      'an unknown pipeline',
      'name: p\nsteps: { a: { pipeline: triple } }',
      '2:25',
      'No pipeline is registered as "triple". Registered: double.',
    ],
    [
      'an unknown key',
      'name: p\nsteps: { fetch: { need: [] } }',
      '2:19',
      'Unknown key "need" in step "fetch". Did you mean "needs"?',
    ],
    [
      'a key of another kind',
      'name: p\nsteps: { fetch: { run: fetch, max: 3 } }',
      '2:36',
      'Step "fetch" has "run", and so no "max". It may have run, needs, when, retry, timeout, breaker, concurrency.',
    ],
    [
      'an option that is refused in code',
      'name: p\nsteps: { fetch: { retry: 0 } }',
      '2:26',
      'Step "fetch" of pipeline "p": "retry" must be a whole number of at least 1, got a number (0).',
    ],
    [
      'what is not one of the needs',
      'name: p\nsteps: { square: { over: fetch }, fetch: }',
      '2:26',
      'Expected one of what step "square" needs, got "fetch": input.',
    ],
    [
      'an option of the pipeline that is refused in code',
      'name: p\nconcurrency: 0\nsteps: { fetch: }',
      '2:14',
      'definePipeline: "concurrency" must be a whole number of at least 1, got a number (0).',
    ],
    ['no name', 'steps: { fetch: }', '1:1', 'Expected "name", the name of the pipeline.'],
    ['no steps', 'name: p', '1:1', 'Expected a map "steps", as in "steps: { fetch: { run: fetchPage } }".'],
    ['an empty text', '', '1:1', 'Expected a map with "name" and "steps", got an empty text.'],
    [
      'no YAML',
      'name: [',
      '1:8',
      'This is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['two documents', 'name: p\nsteps: {}\n---\nname: q\n', '3:1', 'Expected one document, got a second one.'],
  ])('refuses %s', (_, text, place, problem) => {
    expect(refusal(text).split('\n')[0]).toBe(`pipeline.yaml:${place}: ${problem}`)
  })

  it('refuses aliases that multiply, and what is nested too deeply', () => {
    const bombs = ['a', 'b', 'c', 'd', 'e'].map(
      (name, at, all) => `&${name} [${`*${all[at - 1] ?? ''},`.repeat(at === 0 ? 0 : 9)} 1]`,
    )
    expect(refusal(`name: p\nsteps: { fetch: { retry: [${bombs.join(', ')}] } }`)).toContain('Excessive alias count')
    expect(refusal(`name: p\nsteps: ${'['.repeat(100_000)}`)).toContain(
      'Expected fewer levels: this is nested too deeply.',
    )
  })

  it('reads names that YAML takes for numbers, and steps that are aliases of others', () => {
    const { shape } = pipelineFromYaml(
      'name: p\nsteps:\n  1: &step { run: fetch, retry: 2 }\n  2: *step\n  sum: { needs: { fetch: 1 } }\n',
      registry,
    )
    expect(shape.steps.map(({ name, needs }) => [name, needs])).toEqual([
      ['1', []],
      ['2', []],
      ['sum', ['1']],
    ])
  })

  it('takes a chain of 10,000 steps in reverse', () => {
    const lines = Array.from({ length: 10_000 }, (_, at) => `  s${at}: { run: fetch, needs: [s${at + 1}] }`)
    const { shape } = pipelineFromYaml(`name: p\nsteps:\n${lines.join('\n')}\n  s10000: { run: fetch }\n`, registry)
    expect(shape.steps[0]?.name).toBe('s10000')
  })

  it.each([
    ['steps', { steps: 1 }, 'pipelineFromYaml: "steps" must be an object of steps by name, got a number (1).'],
    ['a step', { steps: { a: { run: 1 } } }, 'pipelineFromYaml: step "a": "run" must be a function, got a number (1).'],
    [
      'a misspelt part',
      { steps: { a: { run() {}, compensat: 1 } } },
      'pipelineFromYaml: step "a" has no key "compensat". Did you mean "compensate"?',
    ],
    [
      'a schema',
      { steps: { a: { run() {}, output: {} } } },
      'pipelineFromYaml: step "a": "output" must be a Standard Schema, got an object.',
    ],
    ['an input', { steps: {}, input: 3 }, 'pipelineFromYaml: "input" must be a Standard Schema, got a number (3).'],
    [
      'a condition',
      { steps: {}, conditions: { a: 1 } },
      'pipelineFromYaml: condition "a" must be a function, got a number (1).',
    ],
    [
      'a pipeline',
      { steps: {}, pipelines: { a: {} } },
      'pipelineFromYaml: pipeline "a" must be made by definePipeline(), got an object.',
    ],
  ])('refuses options that are not what they have to be: %s', (_, options, message) => {
    expect(() => pipelineFromYaml('', options as never)).toThrow(new TypeError(message))
  })
})
