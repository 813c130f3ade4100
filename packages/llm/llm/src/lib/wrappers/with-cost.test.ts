import { createCache } from '@empire/cache'
import { createContext } from '@empire/context'
import { createManualClock } from '@empire/test-support/clock'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../cost/create-budget.ts'
import { defineModel } from '../define-model.ts'
import type { LanguageModel } from '../language-model.ts'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import { createPrices } from '../prices/create-prices.ts'
import type { StreamPart } from '../stream-part.ts'
import {
  answer,
  iteratorOf,
  request,
  runToEnd,
  type ScriptStep,
  scriptedModel,
  toArray,
  usage,
} from './scripted-model.ts'
import { type CallCost, withCost } from './with-cost.ts'
import { withCache } from './with-cache.ts'
import { withFallback } from './with-fallback.ts'
import { withRetry } from './with-retry.ts'

// A token is a dollar per million: 1,000 billionths.
const prices = createPrices({ models: { scripted: { input: 1, output: 1 } } })
const dollar = 1_000_000_000
const overloaded = new ModelError('overloaded', 'Try again later.')
const reset = new ModelError('network', 'Reset.')
const countTokens = () => 10
const asked = { ...request, maxTokens: 90 }
/** What `asked` reserves, and what `answer` costs. */
const bound = 100_000
const cost = 3000

function costed(scripts: readonly (readonly ScriptStep[])[], limit = dollar) {
  const budget = createBudget({ limit })
  const told: CallCost[] = []
  const { model, requests } = scriptedModel(...scripts)
  const options = { prices, budget, countTokens, onCost: (call: CallCost) => told.push(call) }
  return { model, requests, budget, told, options, guarded: withCost(model, options) }
}

const answeredBy = (model: string): readonly StreamPart[] => [
  ...answer.slice(0, 5),
  { type: 'finish', reason: 'stop', model },
]

describe('withCost', () => {
  const ample = { prices, budget: createBudget({ limit: 1000 * dollar }) }
  it.each(modelCases(() => withCost({ ...scriptedModel().model, maxOutputTokens: 100 }, ample)))(
    'keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it('reserves the most that a call can cost, and charges what it did cost', async () => {
    const { budget, guarded, told } = costed([])
    const parts = guarded.stream(asked)[Symbol.asyncIterator]()
    await parts.next()
    expect([budget.reserved, budget.spent]).toEqual([bound, 0])
    while ((await parts.next()).done !== true);
    expect([budget.reserved, budget.spent]).toEqual([0, cost])
    await guarded.generate(asked)
    expect([budget.reserved, budget.spent]).toEqual([0, 2 * cost])
    expect(told).toEqual(Array.from({ length: 2 }, () => ({ model: 'scripted', cost, usage })))
  })

  it('refuses a call that could overspend, before it is made', async () => {
    const { guarded, requests, budget } = costed([], bound - 1)
    await expect(guarded.generate(asked)).rejects.toMatchObject({
      code: 'over_budget',
      message:
        'The call may cost up to $0.000100, and $0.000100 of $0.000100 are left. Raise the limit, shorten the request or lower "maxTokens".',
      retryable: false,
      details: { needed: bound, remaining: bound - 1, limit: bound - 1 },
    })
    expect([requests.length, budget.spent, budget.reserved]).toEqual([0, 0, 0])
  })

  it('reserves the longest answer of the model where the request sets no limit, or refuses', async () => {
    const { model, options, budget, guarded } = costed([])
    await expect(guarded.generate(request)).rejects.toThrow(
      'Expected "maxTokens", for the longest answer of scripted is not known, and so neither what it may cost.',
    )
    const parts = iteratorOf(withCost({ ...model, maxOutputTokens: 20 }, options).stream(request))
    await parts.next()
    expect(budget.reserved).toBe(30_000)
    await parts.return?.()
  })

  it('refuses a model whose price is not known; without a budget its cost is unknown, not 0', async () => {
    const told: CallCost[] = []
    const { model, options } = costed([])
    const unknown: LanguageModel = { ...model, id: 'nobody-knows' }
    await expect(withCost(unknown, options).generate(asked)).rejects.toThrow(
      'Expected a model whose price is known, got "nobody-knows". Pass its price to createPrices({ models }).',
    )
    await withCost(unknown, { prices, onCost: (call) => told.push(call) }).generate(asked)
    expect(told).toEqual([{ model: 'nobody-knows', cost: undefined, usage }])
  })

  it.each([
    ['that the vendor refused', 0, [overloaded]],
    [
      'that never reached the vendor',
      0,
      [
        new ModelError('network', 'No.', {
          cause: new Error('x', { cause: Object.assign(new Error('y'), { code: 'ECONNREFUSED' }) }),
        }),
      ],
    ],
    ['that broke off before its first part', bound, [reset]],
    ['that broke off in the middle', bound, [...answer.slice(0, 2), { type: 'usage', usage } as const, reset]],
    ['without usage', bound, [...answer.slice(0, 4), { type: 'finish', reason: 'stop' } as const]],
  ])('charges a call %s with %s', async (_, spent, script) => {
    const { budget, guarded } = costed([script])
    await toArray(guarded.stream(asked)).catch(() => {})
    expect([budget.spent, budget.reserved]).toEqual([spent, 0])
  })

  it('charges all that was reserved for a call that is left early or aborted', async () => {
    const { budget, guarded } = costed([])
    for await (const _ of guarded.stream(asked)) break
    expect(budget.spent).toBe(bound)
    const controller = new AbortController()
    const parts = guarded.stream(asked, { signal: controller.signal })[Symbol.asyncIterator]()
    await parts.next()
    controller.abort()
    await parts.next().catch(() => {})
    await guarded.generate(asked, { signal: controller.signal }).catch(() => {})
    expect([budget.spent, budget.reserved]).toEqual([2 * bound, 0])
  })

  it('takes the bytes of a request for its tokens, and refuses media unless they can be counted', async () => {
    const budget = createBudget({ limit: dollar })
    const { model } = scriptedModel()
    const guarded = withCost(model, { prices, budget })
    const parts = guarded.stream({ messages: [{ role: 'user', content: 'ä'.repeat(1000) }], maxTokens: 1 })
    await parts[Symbol.asyncIterator]().next()
    expect(budget.reserved).toBe((2000 + 16 + 1) * 1000)
    const messages = createContext().user('What is this?').media({ url: 'https://example.com/a.png' })
    await expect(guarded.generate({ messages, maxTokens: 1 })).rejects.toMatchObject({ code: 'over_budget' })
    await withCost(model, { prices, budget, countTokens }).generate({ messages, maxTokens: 1 })
  })

  it('lets retries draw on one reservation, and charges those that broke off', async () => {
    const { model, budget, options } = costed([[reset], [overloaded], answer])
    const parts = iteratorOf(withCost(withRetry(model, { baseDelay: 0 }), options).stream(asked))
    await parts.next()
    expect([budget.spent, budget.reserved]).toEqual([0, 2 * bound])
    while ((await parts.next()).done !== true);
    expect([budget.spent, budget.reserved]).toEqual([bound + cost, 0])
  })

  it('makes no further attempt that could overspend', async () => {
    const { model, budget, options, requests } = costed([[reset]], 2 * bound - 1)
    await expect(withCost(withRetry(model, { baseDelay: 0 }), options).generate(asked)).rejects.toMatchObject({
      code: 'over_budget',
    })
    expect([requests.length, budget.spent, budget.reserved]).toEqual([1, bound, 0])
  })

  it('counts once what layers on one budget see twice', async () => {
    const { model, budget, options, told } = costed([[reset], answer])
    const layers = withCost(
      withFallback([withCost(withRetry(withCost(model, options), { baseDelay: 0 }), options)]),
      options,
    )
    await toArray(layers.stream(asked))
    expect([budget.spent, budget.reserved]).toEqual([bound + cost, 0])
    expect(told).toEqual([
      { model: 'scripted', cost: bound },
      { model: 'scripted', cost, usage },
    ])
  })

  it('counts the models of a fallback each once, whether they count themselves or not', async () => {
    for (const wrapFirst of [true, false]) {
      for (const wrapSecond of [true, false]) {
        const { budget, options, model } = costed([[reset], answer])
        const own = (wrap: boolean): LanguageModel => (wrap ? withCost(model, options) : model)
        await withCost(withFallback([own(wrapFirst), own(wrapSecond)]), options).generate(asked)
        expect([budget.spent, budget.reserved]).toEqual([bound + cost, 0])
        const broken = costed([[reset], [reset]])
        const layer = (wrap: boolean): LanguageModel => (wrap ? withCost(broken.model, broken.options) : broken.model)
        const both = withCost(withFallback([layer(wrapFirst), layer(wrapSecond)]), broken.options)
        await expect(both.generate(asked)).rejects.toBe(reset)
        expect([broken.budget.spent, broken.budget.reserved]).toEqual([2 * bound, 0])
      }
    }
  })

  it('charges a model of a fallback that breaks off what it can cost itself', async () => {
    const listed = createPrices({ models: { cheap: { input: 1, output: 1 }, dear: { input: 50, output: 50 } } })
    const budget = createBudget({ limit: dollar })
    const [cheap, dear] = [scriptedModel([reset]).model, scriptedModel(answeredBy('dear')).model]
    const models = [
      { ...cheap, id: 'cheap' },
      { ...dear, id: 'dear' },
    ]
    await withCost(withFallback(models), { prices: listed, budget, countTokens }).generate(asked)
    expect([budget.spent, budget.reserved]).toEqual([bound + 50 * cost, 0])
  })

  it('charges a call that goes on for others after the one who made it has left', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { model, budget, options } = costed([[...answer.slice(0, 2), () => promise, ...answer.slice(2)]])
    const cached = withCache(withCost(model, options), { cache: createCache<readonly StreamPart[]>() })
    const layers = withCost(cached, options)
    const first = iteratorOf(layers.stream(asked))
    await first.next()
    const second = layers.generate(asked)
    await first.return?.()
    expect([budget.spent, budget.reserved]).toEqual([0, 2 * bound])
    resolve()
    await second
    await new Promise(setImmediate)
    expect([budget.spent, budget.reserved]).toEqual([cost, 0])
  })

  it('gives the reservation back when onCost throws', async () => {
    const { model, budget, options } = costed([[reset]])
    const wrong = new Error('wrong')
    const guarded = withCost(model, {
      ...options,
      onCost() {
        throw wrong
      },
    })
    await expect(guarded.generate(asked)).rejects.toBe(wrong)
    await expect(guarded.generate(asked)).rejects.toBe(wrong)
    expect([budget.spent, budget.reserved]).toEqual([bound + cost, 0])
  })

  it('reserves for the dearest model of a fallback, and refuses one without a price', async () => {
    const models = { scripted: { input: 1, output: 1 }, dear: { input: 50, output: 50 } }
    const budget = createBudget({ limit: 49 * bound })
    const [cheap, dear, unknown] = ['scripted', 'dear', 'unknown'].map((id) => ({
      ...scriptedModel([reset]).model,
      id,
    }))
    const options = { prices: createPrices({ models }), budget, countTokens }
    for (const several of [
      [cheap, dear],
      [cheap, unknown],
    ] as LanguageModel[][]) {
      const fallback = withRetry(withFallback(several))
      await expect(withCost(fallback, options).generate(asked)).rejects.toMatchObject({ code: 'over_budget' })
      await expect(withCost(withFallback([fallback]), options).generate(asked)).rejects.toMatchObject({
        code: 'over_budget',
      })
    }
    await withCost(cheap as LanguageModel, options)
      .generate(asked)
      .catch(() => {})
    expect(budget.spent).toBe(bound)
  })

  it('takes the longest answer of the models of a fallback where the request sets no limit', async () => {
    const { model, options, budget } = costed([[reset], [reset], [reset]])
    const fallback = withFallback([
      { ...model, maxOutputTokens: 10 },
      { ...model, maxOutputTokens: 990 },
    ])
    const iterator = iteratorOf(withCost(fallback, options).stream(request))
    const first = iterator.next()
    expect(budget.reserved).toBe(10 * bound)
    await expect(first).rejects.toBe(reset)
  })

  it('takes a model for another whose name only begins alike', async () => {
    const models = { scripted: { input: 10, output: 10 }, 'scripted-mini': { input: 1, output: 1 } }
    const budget = createBudget({ limit: dollar })
    const { model } = scriptedModel(answeredBy('scripted-mini'), answeredBy('scripted-20260101'))
    const guarded = withCost(model, { prices: createPrices({ models }), budget, countTokens })
    const spent: number[] = []
    for (const _ of [1, 2]) {
      await guarded.generate(asked)
      spent.push(budget.spent)
    }
    expect(spent).toEqual([cost, 11 * cost])
  })

  it('takes the price of the model that answered', async () => {
    const models = { scripted: { input: 1, output: 1 }, dear: { input: 10, output: 10 } }
    const budget = createBudget({ limit: dollar })
    const { model } = scriptedModel(answeredBy('dear'), answeredBy('scripted-2026-01-01'), answeredBy('unknown'))
    const guarded = withCost(model, { prices: createPrices({ models }), budget, countTokens })
    const spent: number[] = []
    for (const _ of [1, 2, 3]) {
      await guarded.generate(asked)
      spent.push(budget.spent)
    }
    expect(spent).toEqual([10 * cost, 11 * cost, 12 * cost])
  })

  it('never overspends, whatever 1,000 concurrent callers do', async () => {
    const fates = fc.record({
      used: fc.integer({ min: 0, max: 90 }),
      fate: fc.constantFrom('answer', 'answer', 'answer', 'refuse', 'break', 'leave', 'abort'),
      wait: fc.nat({ max: 50 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fates, { minLength: 1000, maxLength: 1000 }),
        fc.nat({ max: 300 * bound }),
        async (calls, limit) => {
          const clock = createManualClock()
          const budget = createBudget({ limit })
          let made = 0
          const model = defineModel({
            id: 'scripted',
            async *stream() {
              const { used = 0, fate, wait = 0 } = calls[made++ % calls.length] ?? {}
              await clock.sleep(wait)
              if (fate === 'refuse') throw overloaded
              yield* answer.slice(0, 4)
              await clock.sleep(wait)
              if (fate === 'break') throw reset
              yield { type: 'usage', usage: { input: 10, cacheRead: 0, cacheWrite: 0, output: used, reasoning: 0 } }
              yield { type: 'finish', reason: 'stop' }
            },
          })
          const guarded = withCost(
            withRetry(withCost(model, { prices, budget, countTokens }), { attempts: 2, baseDelay: 1, clock }),
            {
              prices,
              budget,
              countTokens,
            },
          )
          let worst = 0
          async function call({ fate }: { fate: string }): Promise<void> {
            const controller = new AbortController()
            try {
              for await (const _ of guarded.stream(asked, { signal: controller.signal })) {
                worst = Math.max(worst, budget.spent + budget.reserved)
                if (fate === 'leave') break
                if (fate === 'abort') controller.abort()
              }
            } catch {
              // How it ends is up to the fate.
            }
          }
          await runToEnd(Promise.all(calls.map(call)), clock, 50)
          expect(worst).toBeLessThanOrEqual(limit)
          expect(budget.spent).toBeLessThanOrEqual(limit)
          expect(budget.reserved).toBe(0)
        },
      ),
      { numRuns: 5 },
    )
  })

  it.each([Number.NaN, -1, 1.5])('refuses %j as a count of tokens', async (count) => {
    const { model, budget, options, requests } = costed([])
    const call = withCost(model, { ...options, countTokens: () => count }).generate(asked)
    await expect(call).rejects.toThrow(
      'withCost: expected "countTokens" to give a whole number of tokens, got a number',
    )
    expect([budget.reserved, requests.length]).toEqual([0, 0])
  })

  it('refuses what are no prices', () => {
    expect(() => withCost(scriptedModel().model, { prices: {} as never })).toThrow(
      new TypeError('withCost: expected "prices" to be those of createPrices(), got an object.'),
    )
  })
})
