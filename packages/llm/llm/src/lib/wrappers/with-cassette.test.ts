import { createMemoryStore } from '@empire/record'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectResponse } from '../collect-response.ts'
import type { LanguageModel } from '../language-model.ts'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import type { StreamPart } from '../stream-part.ts'
import { answer, request, type ScriptStep, scriptedModel, toArray } from './scripted-model.ts'
import { withCassette } from './with-cassette.ts'

function cassette(...scripts: readonly (readonly ScriptStep[])[]) {
  const store = createMemoryStore()
  const { model, requests } = scriptedModel(...scripts)
  const record = withCassette(model, { store, mode: 'record' })
  const never: LanguageModel = {
    ...model,
    stream: () => expect.unreachable('the model is asked'),
    generate: () => expect.unreachable('the model is asked'),
  }
  return { store, requests, record, replay: () => withCassette(never, { store, mode: 'replay' }) }
}

const asks = (content: string): ModelRequest => ({ messages: [{ role: 'user', content }] })
const reset = new ModelError('network', 'Reset.', { details: { status: 502, retryAfter: 5 } })

/** The parts of a call, and what it throws. */
async function outcome(model: LanguageModel): Promise<unknown[]> {
  const seen: unknown[] = []
  try {
    for await (const part of model.stream(request)) seen.push(part)
  } catch (error) {
    seen.push(error)
  }
  return seen
}

describe('withCassette', () => {
  it.each(modelCases(() => cassette().record))('keeps the contract when it records: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it.each(
    modelCases(async () => {
      const { record, replay } = cassette()
      for (let call = 0; call < 12; call++) await toArray(record.stream(asks('What is the capital of France?')))
      return replay()
    }),
  )('keeps the contract when it replays: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('replays what was delivered, as a stream or as a whole', async () => {
    const { record, replay } = cassette()
    await toArray(record.stream(request))
    await record.generate(request)
    const player = replay()
    expect((await player.generate(request)).text).toBe('Hello')
    expect(await collectResponse(player.stream(request))).toEqual(await scriptedModel().model.generate(request))
    expect(await toArray(replay().stream(request))).toEqual(answer)
  })

  it.each([
    ['that was thrown', [reset]],
    ['in the middle', [...answer.slice(0, 2), reset]],
    ['as an interrupted part', [...answer.slice(0, 2), { type: 'interrupted', error: reset, text: 'Hel' } as const]],
  ])('replays an error %s', async (_, script) => {
    const { record, replay } = cassette(script)
    expect(await outcome(record)).toEqual(await outcome(replay()))
    const [error] = (await outcome(replay())).slice(-1).map((last) => (last as { error?: unknown }).error ?? last)
    expect(error).toBeInstanceOf(ModelError)
    expect(error).toMatchObject({ code: 'network', retryable: true, details: { status: 502, retryAfter: 5 } })
  })

  it('replays calls of equal requests in their order, and each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { maxLength: 20 }), async (words) => {
        const scripts = words.map((_, index): StreamPart[] => [
          { type: 'text-delta', text: `answer ${index}` },
          ...answer.slice(4),
        ])
        const { record, replay } = cassette(...scripts)
        const texts: string[] = []
        for (const word of words) texts.push((await record.generate(asks(`word ${word}`))).text)
        const player = replay()
        const again: string[] = []
        for (const word of words) again.push((await player.generate(asks(`word ${word}`))).text)
        expect(again).toEqual(texts)
        await expect(player.generate(asks('word 0'))).rejects.toMatchObject({ code: 'cassette_mismatch' })
      }),
      { numRuns: 50 },
    )
  })

  it('says where a request differs from the next that is left', async () => {
    const { record, replay } = cassette()
    await record.generate(request)
    const player = replay()
    await expect(player.generate(asks('Hallo'))).rejects.toMatchObject({
      message:
        'Expected a request of the cassette, got one to scripted, which differs from the next one that is left at /request/messages/0/content. Record the cassette anew if this is meant.',
      retryable: false,
      details: { path: '/request/messages/0/content', recorded: 'Hello', received: 'Hallo' },
    })
    await player.generate(request)
    await expect(player.generate(request)).rejects.toThrow(
      'Expected a request of the cassette, got one to scripted, but all recorded requests have been replayed. Record the cassette anew if this is meant.',
    )
  })

  it('records no call that was aborted or left, and no notices', async () => {
    const { record, replay } = cassette(answer, answer, [{ type: 'error', error: reset }, ...answer])
    for await (const _ of record.stream(request)) break
    const controller = new AbortController()
    const stream = record.stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
    await stream.next()
    controller.abort()
    await stream.next().catch(() => {})
    await toArray(record.stream(request))
    const player = replay()
    expect(await toArray(player.stream(request))).toEqual(answer)
    await expect(player.generate(request)).rejects.toMatchObject({ code: 'cassette_mismatch' })
  })

  it('finds a request again whose secrets were taken out', async () => {
    const secret = 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    const { record, replay, store } = cassette()
    await record.generate(asks(`My key is ${secret} \uD800`))
    expect(JSON.stringify([...(store.read() as Iterable<unknown>)])).not.toContain(secret)
    expect((await replay().generate(asks(`My key is ${secret} \uD800`))).text).toBe('Hello')
  })

  it('refuses misuse', () => {
    const { model } = scriptedModel()
    const store = createMemoryStore()
    expect(() => withCassette(model, { store: {} as never, mode: 'record' })).toThrow(
      new TypeError('withCassette: expected "store" to be a record store, got an object.'),
    )
    expect(() => withCassette(model, { store, mode: 'play' as never })).toThrow(
      new TypeError('withCassette: expected "mode" to be "record" or "replay", got a string ("play").'),
    )
  })
})
