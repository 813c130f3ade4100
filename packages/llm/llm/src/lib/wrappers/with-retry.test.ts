import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { modelCases } from '../model-cases.ts'
import { collectResponse } from '../collect-response.ts'
import type { EmbeddingModel } from '../embedding-model.ts'
import { llmEvents } from '../llm-events.ts'
import { ModelError } from '../model-error.ts'
import type { StreamPart } from '../stream-part.ts'
import { answer, request, scriptedModel, toArray, usage } from './scripted-model.ts'
import { withRetry } from './with-retry.ts'

const start: StreamPart = { type: 'text-start' }
const overloaded = new ModelError('overloaded', 'Try again later.')
const atOnce = { baseDelay: 0 }

describe('withRetry', () => {
  it.each(modelCases(() => withRetry(scriptedModel().model)))('keeps the contract: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('makes the call again until the first content, and shows nothing of what failed', async () => {
    const script = scriptedModel([overloaded], [start, { type: 'text-delta', text: '' }, overloaded], answer)
    expect(await toArray(withRetry(script.model, atOnce).stream(request))).toEqual(answer)
    expect(script.requests.length).toBe(3)
  })

  it('ends with an interrupted part behind the first content', async () => {
    const script = scriptedModel([...answer.slice(0, 3), { type: 'usage', usage }, overloaded])
    const parts = await toArray(withRetry(script.model, atOnce).stream(request))
    expect(parts.at(-1)).toEqual({ type: 'interrupted', error: overloaded, text: 'Hello', usage })
    expect(script.requests.length).toBe(1)
    await expect(
      collectResponse(withRetry(scriptedModel([...answer.slice(0, 3), overloaded]).model).stream(request)),
    ).rejects.toBe(overloaded)
  })

  it.each([
    ['one that is never tried again', new ModelError('invalid_response', 'Bad.'), 'invalid_response', 'Bad.'],
    [
      'one of a model without errors of its own',
      new TypeError('terminated', { cause: new Error('reset') }),
      'interrupted',
      'The answer broke off: terminated',
    ],
  ])('ends so after any failure behind the first content: %s', async (_, failure, code, message) => {
    const { model } = scriptedModel([...answer.slice(0, 3), ...answer.slice(4, 5), failure])
    const parts = await toArray(withRetry(model).stream(request))
    expect(parts.at(-1)).toMatchObject({ type: 'interrupted', text: 'Hello', usage, error: { code, message } })
  })

  it('passes a mistake of the programmer on as it is', async () => {
    const mistake = new TypeError('x is not a function')
    const { model } = scriptedModel([...answer.slice(0, 3), mistake])
    await expect(toArray(withRetry(model).stream(request))).rejects.toBe(mistake)
  })

  it('generates again whenever a call fails, for nothing of it was seen', async () => {
    const script = scriptedModel([...answer.slice(0, 3), overloaded], answer)
    expect((await withRetry(script.model, atOnce).generate(request)).text).toBe('Hello')
    expect(script.requests.length).toBe(2)
  })

  it('refuses an option that it does not know', () => {
    expect(() => withRetry(scriptedModel().model, { retries: 5, atempts: 1 } as never)).toThrow(
      new TypeError(
        'withRetry: "options" has no key "retries". Known: attempts, baseDelay, maxDelay, maxRetryAfter, isRetryable, retryAfter, budget, onRetry, clock, random.',
      ),
    )
  })

  it('gives up after the attempts, with the last error', async () => {
    const script = scriptedModel([overloaded], [overloaded], [overloaded])
    await expect(toArray(withRetry(script.model, { attempts: 2, ...atOnce }).stream(request))).rejects.toBe(overloaded)
    expect(script.requests.length).toBe(2)
  })

  it('does not make a wrong request again', async () => {
    const wrong = new ModelError('invalid_request', 'No.')
    const script = scriptedModel([wrong])
    await expect(withRetry(script.model, atOnce).generate(request)).rejects.toBe(wrong)
    expect(script.requests.length).toBe(1)
  })

  it('waits as long as the vendor asks', async () => {
    const clock = createManualClock()
    const limited = new ModelError('rate_limited', 'Wait.', { details: { retryAfter: 2000 } })
    const script = scriptedModel([limited], answer)
    const response = withRetry(script.model, { clock }).generate(request)
    await clock.advance(1999)
    expect(script.requests.length).toBe(1)
    await clock.advance(1)
    expect((await response).text).toBe('Hello')
  })

  it('shares one budget among layers', async () => {
    const script = scriptedModel(...Array.from({ length: 20 }, () => [overloaded]))
    const layers = withRetry(withRetry(withRetry(script.model, atOnce), atOnce), atOnce)
    await expect(toArray(layers.stream(request))).rejects.toBe(overloaded)
    expect(script.requests.length).toBe(3)
  })

  it('embeds again what failed for a while, with the options of the call', async () => {
    const calls: unknown[] = []
    const failures = [overloaded, new ModelError('rate_limited', 'Wait.', { details: { retryAfter: 0 } })]
    const embedding: EmbeddingModel = {
      id: 'vectors',
      maxTexts: 5,
      async embed(texts, options) {
        calls.push([texts, options])
        const failure = failures.pop()
        if (failure !== undefined) throw failure
        return { vectors: texts.map(() => [1]) }
      },
    }
    const model = withRetry(embedding, { ...atOnce, attempts: 3 })
    expect([model.id, model.maxTexts]).toEqual(['vectors', 5])
    expect(await model.embed(['a'], { purpose: 'query' })).toEqual({ vectors: [[1]] })
    expect(calls).toEqual([1, 2, 3].map(() => [['a'], { purpose: 'query' }]))
    failures.push(new ModelError('authentication', 'No.'))
    await expect(model.embed(['a'])).rejects.toThrow('No.')
    expect(calls.length).toBe(4)
    const reason = new Error('enough')
    await expect(model.embed(['a'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(calls.length).toBe(4)
  })

  it('ends a wait at once when it is aborted, and does not call again', async () => {
    const clock = createManualClock()
    const script = scriptedModel([overloaded], answer)
    const controller = new AbortController()
    const response = withRetry(script.model, { clock, random: () => 0.9 }).generate(request, {
      signal: controller.signal,
    })
    await clock.advance(1)
    controller.abort(new Error('enough'))
    await expect(response).rejects.toThrow('enough')
    expect(script.requests.length).toBe(1)
  })

  it('tells of every attempt', async () => {
    const clock = createManualClock()
    const told: unknown[] = []
    const leave = llmEvents.attempt.subscribe((message) => told.push({ ...message, at: 0 }))
    const slow = () => clock.sleep(5)
    const wrong = new ModelError('authentication', 'No.')
    const model = withRetry(scriptedModel([slow, overloaded], answer, [wrong]).model, { clock, random: () => 0.5 })
    const first = model.generate(request)
    await clock.advance(1000)
    await first
    await model.generate(request).catch(() => {})
    const controller = new AbortController()
    const last = toArray(
      withRetry(scriptedModel([overloaded]).model, { clock }).stream(request, { signal: controller.signal }),
    )
    await clock.whenWaiting()
    controller.abort(new Error('enough'))
    await last.catch(() => {})
    leave()
    const model0 = { at: 0, model: 'scripted', code: '', delay: 0, duration: 0, attempt: 1 }
    expect(told).toEqual([
      { ...model0, outcome: 'retried', code: 'overloaded', duration: 5, delay: 250 },
      { ...model0, outcome: 'answered', attempt: 2 },
      { ...model0, outcome: 'failed', code: 'authentication' },
      { ...model0, outcome: 'retried', code: 'overloaded', delay: expect.any(Number) },
      { ...model0, outcome: 'aborted', code: 'Error', duration: expect.any(Number) },
    ])
  })
})
