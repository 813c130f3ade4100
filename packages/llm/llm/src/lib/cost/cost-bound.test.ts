import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepareRequest } from '../prepare-request.ts'
import { createPrices } from '../prices/create-prices.ts'
import { scriptedModel } from '../wrappers/scripted-model.ts'
import { costBound } from './cost-bound.ts'

const { model } = scriptedModel()
const request = prepareRequest({ messages: [{ role: 'user', content: 'Hello' }], maxTokens: 50 })

describe('costBound', () => {
  it('is what the tokens cost at most, whichever kind they turn out to be', () => {
    const price = fc.nat({ max: 100 })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(price, price, price, price, price), share, share, share, (list, some, more, thought) => {
        const [input, cacheRead, cacheWrite, output, reasoning] = list
        const prices = createPrices({ models: { [model.id]: { input, cacheRead, cacheWrite, output, reasoning } } })
        const bound = costBound(request, model, 100, prices)
        const [fresh, thoughts] = [Math.floor(100 * some), Math.floor(50 * thought)]
        const read = Math.floor((100 - fresh) * more)
        const usage = {
          input: fresh,
          cacheRead: read,
          cacheWrite: 100 - fresh - read,
          output: 50 - thoughts,
          reasoning: thoughts,
        }
        expect(prices.cost(usage, model)).toBeLessThanOrEqual(bound)
        const dearest = Math.max(input, cacheRead, cacheWrite) * 100 + Math.max(output, reasoning) * 50
        expect(bound).toBe(dearest * 1000)
      }),
    )
  })
})
