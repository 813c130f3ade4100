import { createRedactor } from '@empire/redaction'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from './create-memory-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { contentHash } from './content-hash.ts'
import { readSteps } from './read-steps.ts'
import type { RecordStore } from './record-store.ts'
import type { RecordedStep, Step } from './run-step.ts'
import { verify } from './verify.ts'

async function stepsOf(store: RecordStore): Promise<RecordedStep[]> {
  const steps: RecordedStep[] = []
  for await (const step of readSteps(store)) steps.push(step)
  return steps
}

const address = contentHash('a step')

describe('createRunRecorder', () => {
  it('gives each run a name of its own', () => {
    const store = createMemoryStore()
    expect(createRunRecorder({ store }).run).not.toBe(createRunRecorder({ store }).run)
    expect(createRunRecorder({ store, run: 'mine' }).run).toBe('mine')
  })

  it.each([
    [{}, '"store" must be a record store, got undefined.'],
    [undefined, '"options" must be an object, got undefined.'],
    [{ store: { append: 3 } }, '"store" must be a record store, got an object.'],
    [{ store: createMemoryStore(), run: '' }, '"run" must be a string that is not empty, got a string ("").'],
    [{ store: createMemoryStore(), redact: 3 }, '"redact" must be a function, got a number (3).'],
    [{ store: createMemoryStore(), now: 3 }, '"now" must be a function, got a number (3).'],
    [{ store: createMemoryStore(), runn: 'a' }, '"options" has no key "runn". Did you mean "run"?'],
    [{ store: createMemoryStore(), run: 3 }, '"run" must be a string that is not empty, got a number (3).'],
  ])('refuses %o', (options, message) => {
    expect(() => createRunRecorder(options as never)).toThrow(new TypeError(message))
  })
})

describe('RunRecorder.record', () => {
  it('gives the addresses of the step, its inputs and its output', async () => {
    const recorder = createRunRecorder({ store: createMemoryStore() })
    expect(await recorder.record({ kind: 'x', inputs: { a: 1 }, output: 2, parents: [address] })).toEqual({
      id: contentHash({ kind: 'x', inputs: contentHash({ a: 1 }), output: contentHash(2), parents: [address] }),
      inputs: contentHash({ a: 1 }),
      output: contentHash(2),
    })
    expect(await recorder.record({ kind: 'x' })).toEqual({
      id: contentHash({ kind: 'x', parents: [] }),
      inputs: undefined,
      output: undefined,
    })
  })

  it('gives the same address whatever the run, the time and the meta data', async () => {
    const store = createMemoryStore()
    const first = await createRunRecorder({ store, now: () => 1 }).record({ kind: 'x', inputs: 1, meta: { ms: 1 } })
    const second = await createRunRecorder({ store, now: () => 2 }).record({ kind: 'x', inputs: 1, meta: { ms: 2 } })
    expect(second).toEqual(first)
  })

  it('takes the step as it is at the moment of the call', async () => {
    const store = createMemoryStore()
    const inputs = ['before']
    const recorded = createRunRecorder({ store }).record({ kind: 'x', inputs })
    inputs[0] = 'after'
    await recorded
    expect((await stepsOf(store))[0]?.inputs).toEqual(['before'])
  })

  it('takes secrets out before it hashes', async () => {
    const store = createMemoryStore()
    const recorder = createRunRecorder({ store })
    const { inputs } = await recorder.record({ kind: 'x', inputs: { password: 'hunter2' } })
    expect(inputs).toBe(contentHash({ password: '[redacted]' }))
  })

  it('takes secrets out of the name of the run, too', async () => {
    const store = createMemoryStore()
    const recorder = createRunRecorder({ store, run: 'token=hunter2' })
    await recorder.record({ kind: 'x' })
    expect(recorder.run).toBe('token=[redacted]')
    expect((await stepsOf(store))[0]?.run).toBe(recorder.run)
  })

  it('takes parents that this store does not hold: they may stand in another one', async () => {
    const store = createMemoryStore()
    await createRunRecorder({ store }).record({ kind: 'x', parents: [address] })
    expect((await stepsOf(store))[0]?.parents).toEqual([address])
    expect(await verify(store)).toMatchObject({ ok: true })
  })

  it('takes secrets out as it is told', async () => {
    const store = createMemoryStore()
    const { redact } = createRedactor({ secrets: ['correct horse'] })
    await createRunRecorder({ store, redact }).record({ kind: 'x', output: 'say correct horse' })
    expect((await stepsOf(store))[0]?.output).toBe('say [redacted]')
  })

  it('keeps members of a step that it does not know out of the record', async () => {
    const store = createMemoryStore()
    await createRunRecorder({ store, run: 'a', now: () => 5 }).record({ kind: 'x', at: 1, other: 2 } as Step)
    expect(await stepsOf(store)).toEqual([
      { kind: 'x', at: 5, run: 'a', meta: {}, parents: [], id: expect.any(String) as string },
    ])
  })

  it('refuses a clock that gives no time', async () => {
    const recorder = createRunRecorder({ store: createMemoryStore(), now: () => Number.NaN })
    await expect(recorder.record({ kind: 'x' })).rejects.toThrow(
      new TypeError('"now()" must be JSON data, got a number (NaN).'),
    )
  })

  it('passes on the error of a store', async () => {
    const error = new Error('full')
    const store = { ...createMemoryStore(), append: () => Promise.reject(error) }
    await expect(createRunRecorder({ store }).record({ kind: 'x' })).rejects.toBe(error)
  })

  it.each([
    [undefined, '"step" must be an object, got undefined.'],
    [null, '"step" must be an object, got null.'],
    [{}, '"step.kind" must be a string that is not empty, got undefined.'],
    [{ kind: '' }, '"step.kind" must be a string that is not empty, got a string ("").'],
    [{ kind: 'x', meta: [] }, '"step.meta" must be an object, got an empty array.'],
    [{ kind: 'x', meta: null }, '"step.meta" must be an object, got null.'],
    [
      { kind: 'x', parents: address },
      `"step.parents" must be an array, got a string ("${address.slice(0, 40)}" and 31 characters more).`,
    ],
    [{ kind: 'x', parents: ['y'] }, '"step.parents" must hold addresses of steps, got a string ("y").'],
    [{ kind: 'x', inputs: { a: [Number.NaN] } }, '"step.inputs" must be JSON data, got a number (NaN) at /a/0.'],
    [{ kind: 'x', output: 3n }, '"step.output" must be JSON data, got a bigint (3).'],
    [{ kind: 'x', meta: { f: () => 1 } }, '"step.meta" must be JSON data, got a function at /f.'],
    [{ kind: '\ud800' }, '"step.kind" must be JSON data, got a string with a lone surrogate.'],
  ])('refuses %o and records nothing', async (step, message) => {
    const store = createMemoryStore()
    await expect(createRunRecorder({ store }).record(step as never)).rejects.toThrow(new TypeError(message))
    expect(await stepsOf(store)).toEqual([])
  })
})

describe('RunRecorder.append', () => {
  it('has the step at once where the store does, and waits for one that takes time', async () => {
    const store = createMemoryStore()
    const step = { kind: 'x', inputs: { a: 1 }, meta: { ms: 1 } }
    expect(createRunRecorder({ store, run: 'a', now: () => 1 }).append(step)).toBeUndefined()
    const recorded = createMemoryStore()
    await createRunRecorder({ store: recorded, run: 'a', now: () => 1 }).record(step)
    expect([...(store.read() as Iterable<unknown>)]).toEqual([...(recorded.read() as Iterable<unknown>)])

    const slow = { ...store, append: () => Promise.resolve() }
    await expect(createRunRecorder({ store: slow }).append(step)).resolves.toBeUndefined()
  })

  it('throws what record() rejects with', () => {
    const recorder = createRunRecorder({ store: createMemoryStore() })
    expect(() => recorder.append({ kind: '' })).toThrow(
      new TypeError('"step.kind" must be a string that is not empty, got a string ("").'),
    )
  })
})
