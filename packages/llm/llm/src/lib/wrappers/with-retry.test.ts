import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { modelCases } from '../model-cases.ts'
import { collectResponse } from '../collect-response.ts'
import { defineModel } from '../define-model.ts'
import type { LanguageModel } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { StreamPart } from '../stream-part.ts'
import { withRetry } from './with-retry.ts'

const request = { messages: [{ role: 'user', content: 'Hello' }] } as const
const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 }
const start: StreamPart = { type: 'text-start' }
const answer: readonly StreamPart[] = [
  start,
  { type: 'text-delta', text: 'Hel' },
  { type: 'text-delta', text: 'lo' },
  { type: 'text-end' },
  { type: 'usage', usage },
  { type: 'finish', reason: 'stop' },
]
const overloaded = new ModelError('overloaded', 'Try again later.')

/** Plays one list of parts and errors for each call, and counts the calls. */
function scripted(...calls: readonly (readonly (StreamPart | ModelError)[])[]): {
  model: LanguageModel
  calls: number
} {
  const script = {
    calls: 0,
    model: defineModel({
      id: 'scripted',
      async *stream() {
        for (const part of calls[script.calls++] ?? answer) {
          if (part instanceof ModelError) throw part
          yield part
        }
      },
    }),
  }
  return script
}

async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

const atOnce = { baseDelay: 0 }

describe('withRetry', () => {
  it.each(modelCases(() => withRetry(scripted(...Array.from({ length: 99 }, () => answer)).model)))(
    'keeps the contract: $name',
    ({ run }) => run(),
  )

  it('makes the call again until the first content, and shows nothing of what failed', async () => {
    const script = scripted([overloaded], [start, { type: 'text-delta', text: '' }, overloaded], answer)
    expect(await toArray(withRetry(script.model, atOnce).stream(request))).toEqual(answer)
    expect(script.calls).toBe(3)
  })

  it('ends with an interrupted part behind the first content', async () => {
    const script = scripted([...answer.slice(0, 3), { type: 'usage', usage }, overloaded])
    const parts = await toArray(withRetry(script.model, atOnce).stream(request))
    expect(parts.at(-1)).toEqual({ type: 'interrupted', error: overloaded, text: 'Hello', usage })
    expect(script.calls).toBe(1)
    await expect(
      collectResponse(withRetry(scripted([...answer.slice(0, 3), overloaded]).model).stream(request)),
    ).rejects.toBe(overloaded)
  })

  it('generates again whenever a call fails, for nothing of it was seen', async () => {
    const script = scripted([...answer.slice(0, 3), overloaded], answer)
    expect((await withRetry(script.model, atOnce).generate(request)).text).toBe('Hello')
    expect(script.calls).toBe(2)
  })

  it('gives up after the attempts, with the last error', async () => {
    const script = scripted([overloaded], [overloaded], [overloaded])
    await expect(toArray(withRetry(script.model, { attempts: 2, ...atOnce }).stream(request))).rejects.toBe(overloaded)
    expect(script.calls).toBe(2)
  })

  it('does not make a wrong request again', async () => {
    const wrong = new ModelError('invalid_request', 'No.')
    const script = scripted([wrong])
    await expect(withRetry(script.model, atOnce).generate(request)).rejects.toBe(wrong)
    expect(script.calls).toBe(1)
  })

  it('waits as long as the vendor asks', async () => {
    const clock = createManualClock()
    const limited = new ModelError('rate_limited', 'Wait.', { details: { retryAfter: 2000 } })
    const script = scripted([limited], answer)
    const response = withRetry(script.model, { clock }).generate(request)
    await clock.advance(1999)
    expect(script.calls).toBe(1)
    await clock.advance(1)
    expect((await response).text).toBe('Hello')
  })

  it('shares one budget among layers', async () => {
    const script = scripted(...Array.from({ length: 20 }, () => [overloaded]))
    const layers = withRetry(withRetry(withRetry(script.model, atOnce), atOnce), atOnce)
    await expect(toArray(layers.stream(request))).rejects.toBe(overloaded)
    expect(script.calls).toBe(3)
  })

  it('ends a wait at once when it is aborted, and does not call again', async () => {
    const clock = createManualClock()
    const script = scripted([overloaded], answer)
    const controller = new AbortController()
    const response = withRetry(script.model, { clock, random: () => 0.9 }).generate(request, {
      signal: controller.signal,
    })
    await clock.advance(1)
    controller.abort(new Error('enough'))
    await expect(response).rejects.toThrow('enough')
    expect(script.calls).toBe(1)
  })
})
