import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { Pipeline } from './pipeline.ts'

const run = (): number => 1
const where = 'Step "a" of pipeline "p"'

describe('the options of a step', () => {
  const pipeline = definePipeline('p') as unknown as Pipeline<void, Record<string, unknown>>

  it.each([
    [{ run, retrys: 3 }, `${where} has no key "retrys". Did you mean "retry"?`],
    [{ run, retry: 0 }, `${where}: "retry" must be a whole number of at least 1, got a number (0).`],
    [{ run, retry: 'often' }, `${where}: "retry" must be a number of attempts or an object, got a string ("often").`],
    [{ run, retry: { attempt: 2 } }, `${where}: "retry" has no key "attempt". Did you mean "attempts"?`],
    [
      { run, retry: { baseDelay: -1 } },
      `${where}: "retry": "baseDelay" must be a number of milliseconds, at least 0, got a number (-1).`,
    ],
    [{ run, timeout: NaN }, `${where}: "timeout" must be a number of milliseconds, at least 0, got a number (NaN).`],
    [
      { run, timeout: { grace: 1 } },
      `${where}: "timeout": "after" must be a number of milliseconds, at least 0, got undefined.`,
    ],
    [{ run, breaker: {} }, `${where}: "breaker": "name" must be a string that is not empty, got undefined.`],
    [
      { run, concurrency: 2 },
      `${where}: "concurrency" must name a resource, got a number (2). A step is one unit of work: limit the pipeline, a map, or a resource.`,
    ],
    [
      { run, concurrency: { resource: 'r', limit: 0 } },
      `${where}: "concurrency": "limit" must be a whole number of at least 1, got a number (0).`,
    ],
    [{ run, when: true }, `${where}: "when" must be a function, got a boolean (true).`],
    [
      { run, compensate: 'undo' },
      `${where}: "compensate" must be a function or an object with one, got a string ("undo").`,
    ],
    [
      { run, compensate: { run, retry: -1 } },
      `${where}: "compensate": "retry" must be a whole number of at least 1, got a number (-1).`,
    ],
    [{ run, irreversible: 'yes' }, `${where}: "irreversible" must be true or false, got a string ("yes").`],
    [
      { run, irreversible: true, compensate: run },
      `${where} has "compensate" and says that it is irreversible. Leave one of them out.`,
    ],
    [{ run, idempotencyKey: 'key' }, `${where}: "idempotencyKey" must be a function, got a string ("key").`],
  ])('are checked when it is defined: %o', (definition, message) => {
    expect(() => pipeline.step('a', definition as never)).toThrow(new TypeError(message))
  })

  it.each([
    ['map', { run }, `${where}: "over" must be a function, got undefined.`],
    [
      'map',
      { run, over: run, concurrency: 0.5 },
      `${where}: "concurrency" must be a whole number of at least 1, got a number (0.5).`,
    ],
    ['loop', { run, initial: run, until: run }, `${where}: "max" must be a whole number of at least 1, got undefined.`],
    ['loop', { run, initial: run, until: run, max: Infinity }, `${where}: "max" must be a bound, got Infinity.`],
    ['use', { pipeline: {} }, `${where}: "pipeline" must be made by definePipeline(), got an object.`],
    ['use', { pipelin: pipeline }, `${where} has no key "pipelin". Did you mean "pipeline"?`],
  ] as const)('of other kinds, too: %s %o', (kind, definition, message) => {
    const add = pipeline[kind] as (name: string, definition: object) => unknown
    expect(() => add('a', definition)).toThrow(new TypeError(message))
  })

  it.each(['a/b', 'a[0]', 'a]', '\ud800'])('its name does not look like a key: %j', (name) => {
    expect(() => pipeline.step(name, { run })).toThrow('must have a name without "/", "[", "]" and lone surrogates')
  })
})

describe('the options of a pipeline', () => {
  it.each([
    [{ concurrency: 0 }, 'definePipeline: "concurrency" must be a whole number of at least 1, got a number (0).'],
    [{ version: '' }, 'definePipeline: "version" must be a string that is not empty, got a string ("").'],
    [{ inputs: 1 }, 'definePipeline: "options" has no key "inputs". Did you mean "input"?'],
  ])('are checked: %o', (options, message) => {
    expect(() => definePipeline('p', options as never)).toThrow(new TypeError(message))
  })
})

describe('shape', () => {
  it('says what a pipeline is made of, as JSON', () => {
    const inner = definePipeline('inner').step('x', { run, irreversible: true })
    const pipeline = definePipeline('p', { version: '2' })
      .step('a', { run, compensate: run })
      .map('m', { needs: ['a'], over: () => [1], run, when: () => true })
      .loop('l', { initial: run, run, until: () => true, max: 3 })
      .use('u', { needs: ['m', 'a'], pipeline: inner })
    expect(JSON.parse(JSON.stringify(pipeline.shape))).toEqual({
      name: 'p',
      version: '2',
      steps: [
        { name: 'a', kind: 'step', needs: [], undo: 'compensate' },
        { name: 'm', kind: 'map', needs: ['a'], conditional: true },
        { name: 'l', kind: 'loop', needs: [], max: 3 },
        {
          name: 'u',
          kind: 'pipeline',
          needs: ['a', 'm'],
          pipeline: { name: 'inner', steps: [{ name: 'x', kind: 'step', needs: [], undo: 'irreversible' }] },
        },
      ],
    })
  })
})
