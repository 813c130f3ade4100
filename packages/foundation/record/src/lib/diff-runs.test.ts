import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContentHash } from './content-hash.ts'
import { createMemoryStore } from './create-memory-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { diffRuns, type RunDifference } from './diff-runs.ts'
import { readSteps } from './read-steps.ts'
import type { Step } from './run-step.ts'

async function diff(first: readonly Step[], second: readonly Step[]): Promise<RunDifference | undefined> {
  const store = createMemoryStore()
  let time = 0
  for (const [run, steps] of [
    ['a', first],
    ['b', second],
  ] as const) {
    const recorder = createRunRecorder({ store, run, now: () => time++ })
    for (const step of steps) await recorder.record(step)
  }
  return diffRuns(readSteps(store, { run: 'a' }), readSteps(store, { run: 'b' }))
}

const render = { kind: 'render', inputs: { name: 'me' }, output: 'Hello, me' }
const model = { kind: 'model', inputs: 'Hello, me', output: { text: 'Hi', tokens: 1 } }
const score = { kind: 'score', inputs: 'Hi', output: 0.5 }

describe('diffRuns', () => {
  it('gives nothing for runs that did the same, at other times', async () => {
    expect(await diff([render, model], [render, { ...model, meta: { ms: 7 } }])).toBeUndefined()
    expect(await diff([], [])).toBeUndefined()
  })

  it('names the first step with another output', async () => {
    const changed = { ...model, output: { text: 'Hey', tokens: 1 } }
    expect(await diff([render, model, score], [render, changed, { ...score, inputs: 'Hey' }])).toMatchObject({
      reason: 'output',
      index: 1,
      before: model,
      after: changed,
      difference: { path: '/text', before: 'Hi', after: 'Hey' },
    })
  })

  it('names the first step with other inputs', async () => {
    expect(await diff([render, model], [render, { ...model, inputs: 'Hello, you' }])).toMatchObject({
      reason: 'inputs',
      index: 1,
      difference: { path: '', before: 'Hello, me', after: 'Hello, you' },
    })
  })

  it('names a step that builds on others', async () => {
    const parent = `sha256:${'0'.repeat(64)}` as ContentHash
    expect(await diff([render], [{ ...render, parents: [parent] }])).toMatchObject({ reason: 'parents', index: 0 })
  })

  it('names a step of another kind', async () => {
    expect(await diff([render, model], [render, score])).toMatchObject({ reason: 'kind', before: model, after: score })
  })

  it('names a step that is missing or was added', async () => {
    expect(await diff([render, model], [render])).toMatchObject({ reason: 'missing', index: 1, before: model })
    expect(await diff([render], [render, model])).toMatchObject({ reason: 'added', index: 1, after: model })
    expect(await diff([render, render], [render])).toMatchObject({ reason: 'missing', index: 1 })
    expect(await diff([render, model], [model])).toMatchObject({ reason: 'missing', index: 0, before: render })
  })

  it('names a step that was added before the first change', async () => {
    const changed = { ...model, inputs: 'Hello, you' }
    expect(await diff([render, model], [render, score, changed])).toMatchObject({ reason: 'added', after: score })
    expect(await diff([render, model], [render, changed, score])).toMatchObject({ reason: 'inputs', after: changed })
  })

  it('does not mind the order in which parallel steps ended', async () => {
    const steps = [1, 2, 3, 4].map((inputs) => ({ kind: 'map', inputs, output: inputs * 2 }))
    expect(await diff(steps, steps.toReversed())).toBeUndefined()
    const changed = steps.with(2, { kind: 'map', inputs: 3, output: 7 }).with(0, { kind: 'map', inputs: 1, output: 9 })
    expect(await diff(steps, changed.toReversed())).toMatchObject({
      reason: 'output',
      index: 0,
      difference: { path: '', before: 2, after: 9 },
    })
  })

  it('tells an output that is null from none', async () => {
    expect(await diff([{ kind: 'x', output: null }], [{ kind: 'x' }])).toMatchObject({ reason: 'output' })
  })

  it('finds nothing exactly when the runs are the same', async () => {
    const step = fc.record({ kind: fc.constantFrom('a', 'b'), inputs: fc.nat(2), output: fc.nat(1) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.array(step, { maxLength: 6 }), async (a, b) => {
        const sorted = (steps: typeof a): string[] => steps.map((each) => JSON.stringify(each)).toSorted()
        const isSame = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
        expect((await diff(a, b)) === undefined).toBe(isSame)
        expect(await diff(a, a)).toBeUndefined()
      }),
    )
  })
})
