import { calcPrice } from '@pydantic/genai-prices'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPrices } from './create-prices.ts'

const none = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

describe('createPrices', () => {
  it('gives the cost as an integer of billionths of a dollar', () => {
    const usage = { input: 700, cacheRead: 200, cacheWrite: 100, output: 300, reasoning: 200 }
    // 700 × 3 + 200 × 0.3 + 100 × 3.75 + 500 × 15 millionths
    expect(createPrices().cost(usage, { id: 'claude-sonnet-4-5', vendor: 'claude' })).toBe(10_035_000)
  })

  it('agrees with the table it comes from, on short and long requests', () => {
    const tokens = fc.nat({ max: 400_000 })
    const models = [
      ['claude-sonnet-4-5', 'claude', 'anthropic'],
      ['claude-opus-4-1', 'claude', 'anthropic'],
      ['gemini-2.5-pro', 'gemini', 'google'],
      ['gemini-2.5-flash', 'gemini', 'google'],
      ['gpt-4o-mini', 'openai', 'openai'],
    ] as const
    const prices = createPrices()
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        tokens,
        tokens,
        tokens,
        tokens,
        (model, input, cacheRead, cacheWrite, output) => {
          const [id, vendor, providerId] = model
          const write = vendor === 'claude' ? cacheWrite : 0
          const expected = calcPrice(
            {
              input_tokens: input + cacheRead + write,
              cache_read_tokens: cacheRead,
              cache_write_tokens: write,
              output_tokens: output,
            },
            id,
            { providerId },
          )
          const cost = prices.cost({ ...none, input, cacheRead, cacheWrite: write, output }, { id, vendor })
          expect(Math.abs((cost ?? 0) - (expected?.total_price ?? 0) * 1e9)).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('knows no price for a model that is in no table, which is not 0', () => {
    const prices = createPrices()
    expect(prices.cost(none, { id: 'no-such-model', vendor: 'claude' })).toBeUndefined()
    expect(prices.cost(none, { id: 'constructor', vendor: '__proto__' })).toBeUndefined()
    expect(prices.cost(none, { id: 'claude-sonnet-4-5', vendor: 'nobody' })).toBeUndefined()
  })

  it('takes prices of the caller, which win', () => {
    const prices = createPrices({ models: { house: { input: 1, output: 2 }, 'gpt-4o-mini': { input: 0, output: 0 } } })
    const usage = { input: 10, cacheRead: 10, cacheWrite: 10, output: 10, reasoning: 10 }
    expect(prices.cost(usage, { id: 'house' })).toBe(70_000)
    expect(prices.cost(usage, { id: 'gpt-4o-mini', vendor: 'openai' })).toBe(0)
  })

  it.each([
    [{ house: null }, 'Expected "models.house" to be { input, output }, got null.'],
    [
      { house: { input: 1 } },
      'Expected "models.house.output" to be US dollars for a million tokens, from 0 upwards, got undefined.',
    ],
    [
      { house: { input: -1, output: 1 } },
      'Expected "models.house.input" to be US dollars for a million tokens, from 0 upwards, got a number (-1).',
    ],
    [
      { house: { input: 1, output: 1, cacheread: 1 } },
      'createPrices: "models.house" has no key "cacheread". Did you mean "cacheRead"?',
    ],
  ])('refuses prices that are none', (models, message) => {
    expect(() => createPrices({ models: models as never })).toThrow(new TypeError(message))
  })

  it('refuses options that it does not know', () => {
    expect(() => createPrices({ model: {} } as never)).toThrow(
      new TypeError('createPrices: "options" has no key "model". Did you mean "models"?'),
    )
  })

  it.each([Number.NaN, Infinity, 1e300])('knows no cost of %d tokens', (output) => {
    expect(createPrices().cost({ ...none, output }, { id: 'gpt-4o-mini', vendor: 'openai' })).toBeUndefined()
    expect(createPrices().cost({ ...none, input: output }, { id: 'gpt-4o-mini', vendor: 'openai' })).toBeUndefined()
  })
})
