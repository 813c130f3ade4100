import { createMemoryStore, createRunRecorder } from '@empire/record'
import { describe, expect, it } from 'vitest'
import { withCassette } from '../wrappers/with-cassette.ts'
import { withRecord } from '../wrappers/with-record.ts'
import { request, scriptedModel } from '../wrappers/scripted-model.ts'
import { cassetteKind, readReel } from './cassette-reel.ts'

const output = (text: string): object => ({ parts: [{ type: 'text-delta', text }] })

describe('readReel', () => {
  it('plays each call of the same inputs once, in the order in which they were recorded', async () => {
    const store = createMemoryStore()
    const recorder = createRunRecorder({ store })
    await recorder.record({ kind: cassetteKind, inputs: { a: 1 }, output: output('first') })
    await recorder.record({ kind: cassetteKind, inputs: { a: 2 }, output: output('other') })
    await recorder.record({ kind: cassetteKind, inputs: { a: 1 }, output: output('second') })
    const reel = await readReel(store)
    expect(reel.take('m', { a: 1 })).toEqual(output('first'))
    expect(reel.take('m', { a: 1 })).toEqual(output('second'))
    expect(() => reel.take('m', { a: 1 })).toThrow(
      expect.objectContaining({
        code: 'cassette_mismatch',
        details: { model: 'm', path: '/a', recorded: 2, received: 1 },
      }),
    )
  })

  it('leaves the other steps of a store alone', async () => {
    const store = createMemoryStore()
    const recorder = createRunRecorder({ store })
    const { model } = scriptedModel()
    await withRecord(withCassette(model, { store, mode: 'record' }), { recorder }).generate(request)
    await withCassette(withRecord(model, { recorder }), { store, mode: 'record' }).generate(request)
    const replayed = withCassette(model, { store, mode: 'replay' })
    expect(await replayed.generate(request)).toMatchObject({ text: 'Hello' })
    expect(await replayed.generate(request)).toMatchObject({ text: 'Hello' })
    await expect(replayed.generate(request)).rejects.toMatchObject({ code: 'cassette_mismatch' })
  })
})
