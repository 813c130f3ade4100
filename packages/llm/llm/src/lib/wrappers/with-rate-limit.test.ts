import { createLimiter } from '@empire/resilience'
import { createManualClock } from '@empire/test-support/clock'
import { createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineModel } from '../define-model.ts'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import { answer, request, runToEnd, scriptedModel, toArray, usage } from './scripted-model.ts'
import { withRateLimit } from './with-rate-limit.ts'

const minute = 60_000
const limited = new ModelError('rate_limited', 'Wait.', { details: { retryAfter: 2000 } })

describe('withRateLimit', () => {
  it.each(modelCases(() => withRateLimit(scriptedModel().model, { concurrency: 1 })))(
    'keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it('holds a place until the stream has ended or is left', async () => {
    const limiter = createLimiter({ concurrency: 1 })
    const { model } = scriptedModel()
    const guarded = withRateLimit(model, { limiter })
    const parts = guarded.stream(request)[Symbol.asyncIterator]()
    await parts.next()
    const second = guarded.generate(request)
    await Promise.resolve()
    expect([limiter.running, limiter.waiting]).toEqual([1, 1])
    await parts.return?.()
    expect((await second).text).toBe('Hello')
    expect(limiter.running).toBe(0)
  })

  it('serves the higher priority first', async () => {
    const order: number[] = []
    const model = withRateLimit(
      defineModel({
        id: 'noted',
        async *stream(_, { priority = 0 }) {
          order.push(priority)
          yield* answer
        },
      }),
      { concurrency: 1 },
    )
    await Promise.all([0, -1, 5, 0].map((priority) => model.generate(request, { priority })))
    expect(order).toEqual([0, 5, 0, -1])
  })

  it('reserves the request and the longest answer, and settles what was used', async () => {
    const clock = createManualClock()
    const { model, requests } = scriptedModel()
    const guarded = withRateLimit(model, {
      tokens: { limit: 100, interval: minute },
      countTokens: () => 10,
      outputTokens: 80,
      clock,
    })
    await guarded.generate(request)
    // 3 of 90 tokens were used: there is room for 97 more, not for 98.
    await guarded.generate({ ...request, maxTokens: 87 })
    const late = guarded.generate({ ...request, maxTokens: 85 })
    await clock.advance(minute - 1)
    expect(requests).toHaveLength(2)
    await clock.advance(1)
    await late
    expect(requests).toHaveLength(3)
  })

  it.each([
    ['behind some text', [...answer.slice(0, 2), new ModelError('network', 'Reset.')]],
    ['with a refusal, once tokens were used', [...answer.slice(4, 5), new ModelError('overloaded', 'Enough.')]],
  ])('keeps what was reserved by a call that breaks off %s, and nothing of one that is refused', async (_, script) => {
    const clock = createManualClock()
    const { model } = scriptedModel([new ModelError('overloaded', 'No.')], script)
    const limiter = createLimiter({ tokens: { limit: 100, interval: minute }, clock })
    const guarded = withRateLimit(model, { limiter, countTokens: () => 10, outputTokens: 80 })
    await expect(guarded.generate(request)).rejects.toMatchObject({ code: 'overloaded' })
    await expect(toArray(guarded.stream(request))).rejects.toBe(script.at(-1))
    const third = guarded.generate(request)
    await clock.advance(minute - 1)
    expect(limiter.waiting).toBe(1)
    await clock.advance(1)
    expect((await third).text).toBe('Hello')
  })

  it('slows down from what the vendor says before it refuses', async () => {
    const clock = createManualClock()
    const limits = { requests: { remaining: 1, resetAfter: 5000 } }
    const { model, requests } = scriptedModel([{ type: 'limits', limits }, ...answer])
    const guarded = withRateLimit(model, { clock })
    expect(await guarded.generate(request)).toMatchObject({ limits })
    const calls = Promise.all([guarded.generate(request), guarded.generate(request)])
    await clock.advance(4999)
    expect(requests).toHaveLength(2)
    await clock.advance(1)
    await calls
    expect(requests).toHaveLength(3)
  })

  it.each([
    ['throws', [limited]],
    ['interrupts', [...answer.slice(0, 2), { type: 'interrupted', error: limited, text: 'Hel' } as const]],
  ])('makes all callers wait after a refusal that %s', async (_, script) => {
    const clock = createManualClock()
    const { model, requests } = scriptedModel(script)
    const guarded = withRateLimit(model, { clock })
    await toArray(guarded.stream(request)).catch(() => {})
    const other = guarded.generate(request)
    await clock.advance(1999)
    expect(requests).toHaveLength(1)
    await clock.advance(1)
    await other
  })

  it('ends a wait at once when it is aborted, and makes no call', async () => {
    const { model, requests } = scriptedModel()
    const guarded = withRateLimit(model, { concurrency: 1 })
    const first = guarded.stream(request)[Symbol.asyncIterator]()
    await first.next()
    const controller = new AbortController()
    const waiting = guarded.generate(request, { signal: controller.signal })
    await Promise.resolve()
    controller.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    expect(requests).toHaveLength(1)
  })

  it.each(['stream', 'generate'] as const)(
    'keeps no tokens of a %s that is aborted while it is let in',
    async (how) => {
      const { model, requests } = scriptedModel()
      const limiter = createLimiter({ tokens: { limit: 100, interval: minute } })
      const guarded = withRateLimit(model, { limiter, countTokens: () => 10, outputTokens: 90 })
      const controller = new AbortController()
      const call = { signal: controller.signal }
      const work = how === 'stream' ? toArray(guarded.stream(request, call)) : guarded.generate(request, call)
      expect(limiter.running).toBe(1)
      controller.abort('enough')
      await expect(work).rejects.toBe('enough')
      expect([limiter.running, requests.length]).toEqual([0, 0])
      await guarded.generate(request)
    },
  )

  it('never exceeds its limits under 1,000 callers', async () => {
    const clock = createManualClock()
    const granted: { at: number; tokens: number }[] = []
    let running = 0
    let most = 0
    const model = defineModel({
      id: 'slow',
      async *stream({ maxTokens = 0 }) {
        most = Math.max(most, ++running)
        granted.push({ at: clock.now(), tokens: maxTokens })
        await clock.sleep(10)
        running--
        yield* answer.slice(0, 4)
        yield { type: 'usage', usage: { ...usage, input: 0, output: maxTokens } }
        yield { type: 'finish', reason: 'stop' }
      },
    })
    const guarded = withRateLimit(model, {
      concurrency: 20,
      requests: { limit: 50, interval: 1000 },
      tokens: { limit: 2000, interval: 1000 },
      countTokens: () => 0,
      clock,
    })
    const calls = Array.from({ length: 1000 }, (_, index) =>
      guarded.generate({ ...request, maxTokens: 1 + ((index * 37) % 100) }),
    )
    await runToEnd(Promise.all(calls), clock, 500)
    expect(most).toBeLessThanOrEqual(20)
    expect(granted).toHaveLength(1000)
    for (const [index, { at }] of granted.entries()) {
      const within = granted.slice(index).filter((other) => other.at < at + 1000)
      expect(within.length).toBeLessThanOrEqual(50)
      expect(within.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(2000)
    }
  })

  it('estimates messages, media, tools and the form of the answer', async () => {
    const limiter = createLimiter({ tokens: { limit: 1_000_000, interval: minute } })
    const seen: number[] = []
    const spied = {
      ...limiter,
      reserve: (options?: { tokens?: number | undefined }) => (
        seen.push(options?.tokens ?? 0),
        limiter.reserve(options)
      ),
    }
    const model = withRateLimit(scriptedModel().model, { limiter: spied, outputTokens: 0 })
    const words = { ...request, messages: createContext().user('Tell me of otters.') }
    const tool = { name: 'look', description: 'Looks things up.', input: z.object({ word: z.string() }) }
    await model.generate(words)
    await model.generate({ ...words, messages: words.messages.media({ url: 'https://example.com/a.png' }) })
    await model.generate({ ...words, tools: [tool] })
    await model.generate({ ...words, output: { schema: { type: 'object' } } })
    const [plain = 0, medium = 0, tools = 0, output = 0] = seen
    expect(plain).toBeGreaterThan(5)
    expect(medium).toBeGreaterThan(plain + 1600)
    expect(tools).toBeGreaterThan(plain + 20)
    expect(output).toBeGreaterThan(plain)
  })

  it('refuses a call that is larger than an interval, and options that it does not know', async () => {
    const guarded = withRateLimit(scriptedModel().model, { tokens: { limit: 100, interval: minute } })
    await expect(guarded.generate(request)).rejects.toMatchObject({ code: 'reservation_too_large' })
    expect(() => withRateLimit(scriptedModel().model, { concurency: 1 } as never)).toThrow(
      new TypeError('withRateLimit: "options" has no key "concurency". Did you mean "concurrency"?'),
    )
  })
})
