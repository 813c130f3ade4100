import { createCache } from '@empire/cache'
import { createContext } from '@empire/context'
import { createLimiter } from '@empire/resilience'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { collectResponse } from '../collect-response.ts'
import { createBudget } from '../cost/create-budget.ts'
import { defineModel } from '../define-model.ts'
import type { LanguageModel } from '../language-model.ts'
import type { ModelRequest } from '../model-request.ts'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import { createPrices } from '../prices/create-prices.ts'
import type { StreamPart } from '../stream-part.ts'
import { answer, request, type ScriptStep, scriptedModel, toArray } from './scripted-model.ts'
import { withCache } from './with-cache.ts'
import { withCost } from './with-cost.ts'
import { withRateLimit } from './with-rate-limit.ts'

function cached(...scripts: readonly (readonly ScriptStep[])[]) {
  const cache = createCache<readonly StreamPart[]>()
  const script = scriptedModel(...scripts)
  return { ...script, cache, caching: withCache(script.model, { cache }) }
}

/** A wait that the test ends. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { step: () => promise, open: resolve }
}

function talk(id: string) {
  return createContext()
    .user('Look.')
    .toolCall({ id, tool: 'look', args: { a: 1, b: 2 } })
    .toolResult({ id, result: 'otter' })
}

function outcome(model: LanguageModel): Promise<unknown> {
  return toArray(model.stream(request)).catch((error: unknown) => error)
}

function generatedBy(model: LanguageModel): Promise<unknown> {
  return model.generate(request).catch((error: unknown) => error)
}

describe('withCache', () => {
  it.each(modelCases(() => cached().caching))('keeps the contract: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('asks once for what is asked twice, and replays a stream part by part', async () => {
    const { caching, requests } = cached()
    expect(await toArray(caching.stream(request))).toEqual(answer)
    expect(await toArray(caching.stream(request))).toEqual(answer)
    expect((await caching.generate(request)).text).toBe('Hello')
    expect(requests).toHaveLength(1)
  })

  it('streams what was generated', async () => {
    const script: StreamPart[] = [
      { type: 'reasoning-start' },
      { type: 'reasoning-delta', text: 'Hm.' },
      { type: 'reasoning-end', signature: 'proof' },
      ...answer.slice(0, 4),
      { type: 'tool-call-start', id: 'a', name: 'look' },
      { type: 'tool-call-end', id: 'a', name: 'look', input: { word: 'otter' } },
      { type: 'citation', citation: { url: 'https://example.com' } },
      { type: 'media', mimeType: 'image/png', data: 'AA==' },
      ...answer.slice(4),
    ]
    const { caching, requests } = cached(script)
    const generated = await caching.generate(request)
    expect(await collectResponse(caching.stream(request))).toEqual(generated)
    expect(generated).toEqual(await scriptedModel(script).model.generate(request))
    expect(requests).toHaveLength(1)
  })

  it('gives parts as they come to the first, and makes one call for 1,000', async () => {
    const { step, open } = gate()
    const { caching, requests } = cached([...answer.slice(0, 2), step, ...answer.slice(2)])
    const first = caching.stream(request)[Symbol.asyncIterator]()
    expect([(await first.next()).value, (await first.next()).value]).toEqual(answer.slice(0, 2))
    const others = Array.from({ length: 999 }, (_, index) =>
      index % 2 === 0 ? caching.generate(request) : collectResponse(caching.stream(request)),
    )
    open()
    for (const { text } of await Promise.all(others)) expect(text).toBe('Hello')
    expect(requests).toHaveLength(1)
  })

  it('goes on for the others when the first leaves, and ends the call when the last does', async () => {
    const { step, open: release } = gate()
    const { caching, requests, open } = cached([...answer.slice(0, 2), step, ...answer.slice(2)])
    const first = caching.stream(request)[Symbol.asyncIterator]()
    await first.next()
    const second = caching.generate(request)
    await first.return?.()
    release()
    expect((await second).text).toBe('Hello')
    expect(requests).toHaveLength(1)

    const never = cached([
      ...answer.slice(0, 2),
      ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    ])
    for await (const _ of never.caching.stream(request)) break
    await new Promise(setImmediate)
    expect([open(), never.open()]).toEqual([0, 0])
    expect(await toArray(never.caching.stream(request))).toEqual(answer)
  })

  it('ends the wait of one caller alone when that one is aborted', async () => {
    const { step, open } = gate()
    const { caching, requests } = cached([step, ...answer])
    const controller = new AbortController()
    const left = caching.generate(request, { signal: controller.signal })
    const stays = caching.generate(request)
    await new Promise(setImmediate)
    controller.abort(new Error('enough'))
    await expect(left).rejects.toThrow('enough')
    open()
    expect((await stays).text).toBe('Hello')
    expect(requests).toHaveLength(1)
  })

  const overloaded = new ModelError('overloaded', 'No.')
  it.each([
    ['that failed', [overloaded]],
    ['that broke off', [...answer.slice(0, 3), overloaded]],
    [
      'that was interrupted',
      [...answer.slice(0, 3), { type: 'interrupted', error: overloaded, text: 'Hello' } as const],
    ],
    ['that was filtered', [...answer.slice(0, 5), { type: 'finish', reason: 'content-filter' } as const]],
    ['that ended otherwise', [...answer.slice(0, 5), { type: 'finish', reason: 'other' } as const]],
  ])('keeps no answer %s', async (_, script) => {
    const { caching, requests } = cached(script)
    const plain = scriptedModel(script, script)
    expect(await outcome(caching)).toEqual(await outcome(plain.model))
    expect(await toArray(caching.stream(request))).toEqual(answer)
    expect(requests).toHaveLength(2)
    const again = cached(script, script)
    const both = await Promise.all([generatedBy(again.caching), generatedBy(again.caching)])
    expect(both).toEqual(Array.from({ length: 2 }, () => both[0]))
    expect(both[0]).toEqual(await generatedBy(scriptedModel(script).model))
    const streamed = cached(script, script)
    const streams = await Promise.all([outcome(streamed.caching), outcome(streamed.caching)])
    expect(streams[0]).toEqual(await outcome(plain.model))
    // Who waits gets the parts where there is a whole answer, and the failure of one that broke off.
    expect(streams[1]).toEqual(both[0] instanceof Error ? overloaded : streams[0])
    expect([again.requests.length, streamed.requests.length]).toEqual([1, 1])
  })

  it('does not replay what the vendor said of that moment', async () => {
    const limits = { type: 'limits', limits: { requests: { remaining: 1, resetAfter: 1 } } } as const
    const { caching } = cached([
      limits,
      { type: 'raw', vendor: 'x', frame: 1 },
      { type: 'error', error: overloaded },
      ...answer,
    ])
    expect(await toArray(caching.stream(request))).toHaveLength(answer.length + 3)
    expect(await toArray(caching.stream(request))).toEqual(answer)
  })

  it('charges nothing for what is replayed, and reserves no tokens', async () => {
    const { caching } = cached()
    const budget = createBudget({ limit: 1_000_000_000 })
    const prices = createPrices({ models: { scripted: { input: 1, output: 1 } } })
    // All there is, but for the three tokens of the first answer.
    const limiter = createLimiter({ tokens: { limit: 903, interval: 60_000 } })
    const model = withRateLimit(withCost(caching, { prices, budget, countTokens: () => 1 }), {
      limiter,
      countTokens: () => 400,
    })
    for (let call = 0; call < 5; call++) await model.generate({ ...request, maxTokens: 500 })
    for (let call = 0; call < 5; call++) await toArray(model.stream({ ...request, maxTokens: 500 }))
    expect(budget.spent).toBe(3000)
  })

  it('tells requests apart that ask for something else', async () => {
    const input = { type: 'object' }
    const variants: ModelRequest[] = [
      request,
      { messages: [{ role: 'user', content: 'Hallo' }] },
      { messages: [{ role: 'system', content: 'Hello' }] },
      { ...request, temperature: 0 },
      { ...request, maxTokens: 5 },
      { ...request, stopSequences: ['x'] },
      { ...request, tools: [{ name: 'look', input }] },
      { ...request, tools: [{ name: 'look', input: z.object({ word: z.string() }) }] },
      { ...request, toolChoice: 'none' },
      { ...request, output: { schema: input } },
      { ...request, vendor: { claude: { service_tier: 'auto' } } },
      { messages: createContext().assistant('Hello', { metadata: { reasoning: [{ text: 'Hm.' }] } }) },
      { messages: [{ role: 'user', content: '\uD800' }] },
      { messages: [{ role: 'user', content: '\uDC00' }] },
    ]
    const { caching, requests } = cached()
    for (const _ of [1, 2]) for (const variant of variants) await caching.generate(variant)
    expect(requests).toHaveLength(variants.length)
  })

  it('takes requests for the same whose ids, order of keys and kind of schema differ', async () => {
    const { caching, requests } = cached()
    const schema = z.object({ word: z.string() })
    await caching.generate({ messages: talk('one'), temperature: 1, output: { schema } })
    await caching.generate({
      output: { schema: z.object({ word: z.string() }) },
      temperature: 1,
      messages: talk('two'),
    })
    await caching.generate(request)
    await caching.generate({ messages: createContext().user('Hello') })
    expect(requests).toHaveLength(2)
  })

  it('never mixes answers up, whatever is asked at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ word: fc.nat({ max: 5 }), streams: fc.boolean() }), { maxLength: 40 }),
        async (calls) => {
          let made = 0
          const echo = withCache(
            defineModel({
              id: 'echo',
              async *stream({ context }) {
                made++
                await Promise.resolve()
                yield { type: 'text-delta', text: context.render() }
                yield* answer.slice(4)
              },
            }),
            { cache: createCache<readonly StreamPart[]>() },
          )
          const texts = await Promise.all(
            calls.map(async ({ word, streams }) => {
              const asked: ModelRequest = { messages: [{ role: 'user', content: `word ${word}` }] }
              const { text } = await (streams ? collectResponse(echo.stream(asked)) : echo.generate(asked))
              return text
            }),
          )
          expect(texts).toEqual(calls.map(({ word }) => `word ${word}`))
          expect(made).toBe(new Set(calls.map(({ word }) => word)).size)
        },
      ),
      { numRuns: 30 },
    )
  })

  it.each(['stream', 'generate'] as const)('gives each caller of %s an answer of its own', async (how) => {
    const input = { city: 'Bern', days: [1] }
    const call = { type: 'tool-call-end', id: '1', name: 'look', input } as const
    const { caching, requests } = cached([call, ...answer])
    const inputs: unknown[] = []
    for (const _ of [1, 2, 3]) {
      const response =
        how === 'stream' ? await collectResponse(caching.stream(request)) : await caching.generate(request)
      const given = response.toolCalls[0]?.input as { city: string; days: number[] }
      inputs.push(structuredClone(given))
      given.city = 'Thun'
      given.days.push(2)
      Object.assign(response.finish, { reason: 'other' })
    }
    expect(inputs).toEqual([1, 2, 3].map(() => ({ city: 'Bern', days: [1] })))
    expect((await caching.generate(request)).finish.reason).toBe('stop')
    expect(requests).toHaveLength(1)
  })

  it('refuses what is no cache', () => {
    expect(() => withCache(scriptedModel().model, { cache: new Map() as never })).toThrow(
      new TypeError('withCache: expected "cache" to be a cache with getOrSet(), got an object.'),
    )
  })
})
