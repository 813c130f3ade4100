import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { Pipeline } from './pipeline.ts'

type Untyped = Pipeline<void, Record<string, unknown>>

const one = (): number => 1

describe('definePipeline', () => {
  it('refuses a name that is empty or no string', () => {
    expect(() => definePipeline('')).toThrow(
      new TypeError('definePipeline: "name" must be a string that is not empty, got a string ("").'),
    )
    expect(() => definePipeline(undefined as never)).toThrow(
      new TypeError('definePipeline: "name" must be a string that is not empty, got undefined.'),
    )
  })

  it.each([
    [{ parse: one }, 'an object'],
    [null, 'null'],
    ['schema', 'a string ("schema")'],
  ])('refuses an input that is no Standard Schema: %s', (input, words) => {
    expect(() => definePipeline('rag', { input: input as never })).toThrow(
      new TypeError(`definePipeline: "input" must be a Standard Schema, got ${words}.`),
    )
  })

  it('runs without any step', async () => {
    await expect(definePipeline('empty').run()).resolves.toEqual({ runId: expect.any(String), outputs: {}, steps: [] })
  })
})

describe('step', () => {
  const pipeline = definePipeline('rag').step('ingest', { run: one }) as unknown as Untyped

  it.each([
    [
      'a name that is taken',
      'ingest',
      { run: one },
      'Step "ingest" of pipeline "rag" exists already. Give each step a name of its own.',
    ],
    [
      'an empty name',
      '',
      { run: one },
      'The name of a step of pipeline "rag" must be a non-empty string, got a string ("").',
    ],
    [
      'a name that is no string',
      3,
      { run: one },
      'The name of a step of pipeline "rag" must be a non-empty string, got a number (3).',
    ],
    [
      'a need that is not defined yet',
      'search',
      { needs: ['embed'], run: one },
      'Step "search" of pipeline "rag" needs "embed", which is not a step before it. ' +
        'Define a step before those that need it; so far: "ingest".',
    ],
    [
      'a hole among the needs',
      'search',
      // oxlint-disable-next-line no-sparse-arrays -- the hole is what the test is about
      { needs: ['ingest', , 'ingest'], run: one },
      'Step "search" of pipeline "rag" needs undefined, which is not a step before it. ' +
        'Define a step before those that need it; so far: "ingest".',
    ],
    [
      'a need that is no name',
      'search',
      { needs: [undefined], run: one },
      'Step "search" of pipeline "rag" needs undefined, which is not a step before it. ' +
        'Define a step before those that need it; so far: "ingest".',
    ],
    [
      'a step that needs itself',
      'search',
      { needs: ['search'], run: one },
      'Step "search" of pipeline "rag" needs itself.',
    ],
    [
      'needs that are no array',
      'search',
      { needs: 'ingest', run: one },
      'Step "search" of pipeline "rag": "needs" must be an array of names of steps, got a string ("ingest").',
    ],
    [
      'a step without run',
      'search',
      { needs: ['ingest'] },
      'Step "search" of pipeline "rag": "run" must be a function, got undefined.',
    ],
    [
      'a function in place of a definition',
      'search',
      one,
      'Step "search" of pipeline "rag" must be an object with a "run" function, got a function.',
    ],
  ])('refuses %s', (_, name, definition, message) => {
    expect(() => pipeline.step(name as string, definition as never)).toThrow(new TypeError(message))
  })

  it('refuses a need of the first step', () => {
    const first = definePipeline('rag') as unknown as Untyped
    expect(() => first.step('search', { needs: ['ingest'], run: one })).toThrow(
      new TypeError(
        'Step "search" of pipeline "rag" needs "ingest", which is not a step before it. ' +
          'It is the first step; define a step before those that need it.',
      ),
    )
  })

  it.each(['constructor', 'toString', '__proto__'])('does not take %s for a step', (need) => {
    expect(() => pipeline.step('search', { needs: [need], run: one })).toThrow(`needs "${need}", which is not a step`)
  })

  it('leaves the pipeline it was called on as it was', async () => {
    const base = definePipeline('rag').step('ingest', { run: one })
    const left = base.step('left', { needs: ['ingest'], run: ({ needs }) => needs.ingest + 1 })
    const right = base.step('right', { needs: ['ingest'], run: ({ needs }) => needs.ingest + 2 })
    const again = base.step('left', { run: () => 'another step of that name' })
    const results = await Promise.all([base.run(), left.run(), right.run(), again.run()])
    expect(results.map(({ outputs }) => outputs)).toEqual([
      { ingest: 1 },
      { ingest: 1, left: 2 },
      { ingest: 1, right: 3 },
      { ingest: 1, left: 'another step of that name' },
    ])
  })

  it('cannot name a step of another branch', () => {
    const base = definePipeline('rag').step('ingest', { run: one }) as unknown as Untyped
    base.step('left', { run: one })
    expect(() => base.step('search', { needs: ['left'], run: one })).toThrow(
      'needs "left", which is not a step before it',
    )
  })

  it('is not reached by later changes of the definition', async () => {
    const needs = ['ingest']
    const definition = { needs, run: ({ needs: outputs }: { needs: Record<string, unknown> }) => outputs }
    const defined = pipeline.step('search', definition)
    needs[0] = 'gone'
    definition.run = () => ({})
    await expect(defined.run()).resolves.toMatchObject({ outputs: { search: { ingest: 1 } } })
  })

  it('accepts names that objects have already', async () => {
    const names = ['__proto__', 'constructor', 'then', '1', '😀']
    let odd: Untyped = definePipeline('odd')
    for (const name of names) odd = odd.step(name, { run: () => name })
    const { outputs } = await odd.step('all', { needs: names, run: ({ needs }) => Object.entries(needs) }).run()
    expect(Object.keys(outputs).toSorted()).toEqual([...names, 'all'].toSorted())
    expect(new Map(outputs['all'] as [string, unknown][])).toEqual(new Map(names.map((name) => [name, name])))
    expect(Object.getPrototypeOf(outputs)).toBe(Object.prototype)
  })

  it('gives an output once to a step that names it twice', async () => {
    const twice = pipeline.step('search', { needs: ['ingest', 'ingest'], run: ({ needs }) => needs })
    await expect(twice.run()).resolves.toMatchObject({ outputs: { search: { ingest: 1 } } })
  })
})
