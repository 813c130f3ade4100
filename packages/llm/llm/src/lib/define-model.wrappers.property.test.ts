import { getEventListeners } from 'node:events'
import { createCache } from '@empire/cache'
import { createMemoryStore, createRunRecorder } from '@empire/record'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBudget } from './cost/create-budget.ts'
import type { LanguageModel } from './language-model.ts'
import { modelCases } from './model-cases.ts'
import { ModelError } from './model-error.ts'
import { createPrices } from './prices/create-prices.ts'
import type { StreamPart } from './stream-part.ts'
import { answer, iteratorOf, request, scriptedModel } from './wrappers/scripted-model.ts'
import { withBreaker } from './wrappers/with-breaker.ts'
import { withCache } from './wrappers/with-cache.ts'
import { withCassette } from './wrappers/with-cassette.ts'
import { withCost } from './wrappers/with-cost.ts'
import { withFallback } from './wrappers/with-fallback.ts'
import { withRateLimit } from './wrappers/with-rate-limit.ts'
import { withRecord } from './wrappers/with-record.ts'
import { withRetry } from './wrappers/with-retry.ts'
import { withTelemetry } from './wrappers/with-telemetry.ts'
import { withTimeout } from './wrappers/with-timeout.ts'

const prices = createPrices({ models: { scripted: { input: 1, output: 1 } } })
const overloaded = new ModelError('overloaded', 'Try again later.')

type Wrapper = (model: LanguageModel) => LanguageModel

const wrappers: Readonly<Record<string, (budget: ReturnType<typeof createBudget>) => Wrapper>> = {
  withRetry: () => (model) => withRetry(model, { baseDelay: 0 }),
  withRateLimit: () => (model) =>
    withRateLimit(model, { concurrency: 100, tokens: { limit: 1_000_000, interval: 60_000 } }),
  withBreaker: () => (model) => withBreaker(model),
  withFallback: () => (model) => withFallback([model, { ...scriptedModel().model, maxOutputTokens: 100 }]),
  withTimeout: () => (model) => withTimeout(model, { connect: 60_000, betweenParts: 60_000, whole: 60_000 }),
  withCache: () => (model) => withCache(model, { cache: createCache<readonly StreamPart[]>() }),
  withCost: (budget) => (model) => withCost(model, { prices, budget }),
  withTelemetry: () => (model) => withTelemetry(model),
  withRecord: () => (model) => withRecord(model, { recorder: createRunRecorder({ store: createMemoryStore() }) }),
  withCassette: () => (model) => withCassette(model, { store: createMemoryStore(), mode: 'record' }),
}

const orders = fc.shuffledSubarray(Object.keys(wrappers), { minLength: Object.keys(wrappers).length })

function wrap(order: readonly string[], model: LanguageModel, budget = createBudget({ limit: 1_000_000_000_000 })) {
  return order.reduce((inner, name) => (wrappers[name] as (typeof wrappers)[string])(budget)(inner), model)
}

/** The long form tries many more orders. */
const many = process.env['EMPIRE_TEST_FAULTS'] === '1'

describe('wrappers in any order', () => {
  it('keep the contract', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const model = (): LanguageModel => wrap(order, { ...scriptedModel().model, maxOutputTokens: 100 })
        const broken: string[] = []
        for (const { name, run } of modelCases(model)) {
          await run().catch((error: unknown) => broken.push(`${name}: ${String(error)}`))
        }
        expect(broken).toEqual([])
      }),
      { numRuns: many ? 100 : 3 },
    )
  }, 300_000)

  it('give the answer after a failure before the first content, and hold and charge nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.boolean(), async (order, streams) => {
        const budget = createBudget({ limit: 1_000_000_000 })
        const { model, open } = scriptedModel([overloaded], answer)
        const wrapped = wrap(order, { ...model, maxOutputTokens: 100 }, budget)
        const texts: string[] = []
        if (streams) {
          for await (const part of wrapped.stream(request)) if (part.type === 'text-delta') texts.push(part.text)
        } else texts.push((await wrapped.generate(request)).text)
        expect(texts.join('')).toBe('Hello')
        expect([open(), budget.reserved]).toEqual([0, 0])
        // 1 input and 2 output tokens; nothing where the answer is that of the other model of the fallback, further out.
        expect([0, 3000]).toContain(budget.spent)
      }),
      { numRuns: 60 },
    )
  })

  it('pass an abort on from any part, untouched and never tried again', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.nat({ max: answer.length - 2 }), async (order, behind) => {
        const budget = createBudget({ limit: 1_000_000_000 })
        const { model, requests, open } = scriptedModel()
        const reason = new Error('enough')
        const controller = new AbortController()
        const wrapped = wrap(order, { ...model, maxOutputTokens: 100 }, budget)
        const parts = iteratorOf(wrapped.stream(request, { signal: controller.signal }))
        for (let taken = 0; taken <= behind; taken++) await parts.next()
        controller.abort(reason)
        await expect(parts.next()).rejects.toBe(reason)
        await new Promise(setImmediate)
        expect([requests.length, open(), budget.reserved]).toEqual([1, 0, 0])
      }),
      { numRuns: 60 },
    )
  })

  it('keep nothing of a stream that is left while it hangs, once it is aborted', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.nat({ max: answer.length - 1 }), async (order, hangsAt) => {
        const budget = createBudget({ limit: 1_000_000_000 })
        const { model } = scriptedModel([...answer.slice(0, hangsAt), () => new Promise<void>(() => {})])
        const controller = new AbortController()
        const { signal } = controller
        const wrapped = wrap(order, { ...model, maxOutputTokens: 100 }, budget)
        const parts = iteratorOf(wrapped.stream(request, { signal }))
        const pulls = Promise.allSettled(Array.from({ length: hangsAt + 1 }, () => parts.next()))
        const left = parts.return?.()
        await new Promise(setImmediate)
        controller.abort('enough')
        expect((await pulls).filter(({ status }) => status === 'rejected')).toEqual([
          { status: 'rejected', reason: 'enough' },
        ])
        await left
        await new Promise(setImmediate)
        expect([budget.reserved, getEventListeners(signal, 'abort')]).toEqual([0, []])
      }),
      { numRuns: 60 },
    )
  })
})
