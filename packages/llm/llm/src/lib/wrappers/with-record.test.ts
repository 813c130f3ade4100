import {
  createMemoryStore,
  createRunRecorder,
  readSteps,
  type RecordedStep,
  type StepReceipt,
  verify,
} from '@empire/record'
import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import { answer, request, type ScriptStep, scriptedModel, toArray, usage } from './scripted-model.ts'
import { withRecord } from './with-record.ts'

function recorded(...scripts: readonly (readonly ScriptStep[])[]) {
  const store = createMemoryStore()
  const recorder = createRunRecorder({ store, run: 'test' })
  const { model } = scriptedModel(...scripts)
  const steps = async (): Promise<RecordedStep[]> => {
    const list: RecordedStep[] = []
    for await (const step of readSteps(store)) list.push(step)
    return list
  }
  return { store, recorder, model, recording: withRecord(model, { recorder }), steps }
}

const reset = new ModelError('network', 'Reset.', { details: { status: 502 } })

describe('withRecord', () => {
  it.each(modelCases(() => recorded().recording))('keeps the contract: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('writes one step for a call: what was asked, what came, and what differs each time', async () => {
    const clock = createManualClock()
    const finish = { type: 'finish', reason: 'stop', model: 'm-1', requestId: 'r1' } as const
    const script = [() => clock.sleep(70), ...answer.slice(0, 5), finish]
    const { model, recorder, steps, store } = recorded(script)
    const call = withRecord(model, { recorder, clock }).generate({ ...request, temperature: 0 })
    await clock.advance(70)
    await call
    expect(await steps()).toMatchObject([
      {
        kind: 'model',
        inputs: { model: 'scripted', request: { messages: [{ role: 'user', content: 'Hello' }], temperature: 0 } },
        output: { text: 'Hello', toolCalls: [], finish: { reason: 'stop', model: 'm-1' } },
        meta: { ended: 'finished', duration: 70, usage, requestId: 'r1' },
      },
    ])
    expect((await verify(store)).ok).toBe(true)
  })

  it('gives a stream and the whole the same address', async () => {
    const { recording, steps } = recorded()
    await toArray(recording.stream(request))
    await recording.generate(request)
    const [one, two] = await steps()
    expect(one?.id).toBe(two?.id)
  })

  it('has written the step when the finish is delivered', async () => {
    const { recording, steps } = recorded()
    for await (const part of recording.stream(request)) if (part.type === 'finish') break
    expect(await steps()).toMatchObject([{ meta: { ended: 'finished' } }])
  })

  it.each([
    [
      'failed before its first part',
      [reset],
      { ended: 'failed', error: { code: 'network', retryable: true, details: { status: 502 } } },
      undefined,
    ],
    ['broke off', [...answer.slice(0, 3), reset], { ended: 'failed', error: { message: 'Reset.' } }, { text: 'Hello' }],
    [
      'was interrupted',
      [...answer.slice(0, 2), { type: 'interrupted', error: reset, text: 'Hel' } as const],
      { ended: 'failed' },
      { text: 'Hel' },
    ],
  ])('records a call that %s', async (_, script, meta, output) => {
    const { recording, steps } = recorded(script)
    await toArray(recording.stream(request)).catch(() => {})
    const [step, ...others] = await steps()
    expect(others).toEqual([])
    expect(step).toMatchObject({ meta })
    expect(step?.output).toEqual(output)
  })

  it('records a call that is aborted or left, with what had come', async () => {
    const { recording, steps } = recorded()
    let count = 0
    for await (const _ of recording.stream(request)) if (++count === 2) break
    const controller = new AbortController()
    const stream = recording.stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
    await stream.next()
    controller.abort()
    await stream.next().catch(() => {})
    expect((await steps()).map(({ meta, output }) => [meta['ended'], output])).toEqual([
      ['left', { text: 'Hel' }],
      ['aborted', undefined],
    ])
  })

  it('takes out secrets, and writes texts that are cut within a character', async () => {
    const secret = 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    const { recording, steps } = recorded([{ type: 'text-delta', text: `\uD83D ${secret}` }, ...answer.slice(4)])
    await recording.generate({ messages: [{ role: 'user', content: secret }] })
    const text = JSON.stringify(await steps())
    expect(text).not.toContain(secret)
    expect(text).toContain('\uFFFD [redacted]')
  })

  it('names the steps that it builds on, and tells of its own', async () => {
    const { model, recorder, steps } = recorded()
    const receipts: StepReceipt[] = []
    const chain = withRecord(model, {
      recorder,
      parents: () => receipts.slice(-1).map(({ id }) => id),
      onStep: (receipt) => receipts.push(receipt),
    })
    await chain.generate(request)
    await chain.generate(request)
    const [one, two] = await steps()
    expect(receipts.map(({ id }) => id)).toEqual([one?.id, two?.id])
    expect([one?.parents, two?.parents]).toEqual([[], [one?.id]])
  })

  it('fails the call when the step cannot be written', async () => {
    const { model } = scriptedModel()
    const full = new Error('The disk is full.')
    const recording = withRecord(model, { recorder: { record: () => Promise.reject(full) } })
    await expect(recording.generate(request)).rejects.toBe(full)
    await expect(toArray(recording.stream(request))).rejects.toBe(full)
    expect(() => withRecord(model, { recorder: {} as never })).toThrow(
      new TypeError('withRecord: expected "recorder" to be a run recorder, got an object.'),
    )
  })
})
