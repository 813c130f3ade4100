import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import { answer, request, scriptedModel, toArray } from './scripted-model.ts'
import { withFallback } from './with-fallback.ts'

const overloaded = new ModelError('overloaded', 'Try again later.')
const limited = (retryAfter: number): ModelError => new ModelError('rate_limited', 'Wait.', { details: { retryAfter } })

describe('withFallback', () => {
  it.each(modelCases(() => withFallback([scriptedModel([overloaded]).model, scriptedModel().model])))(
    'keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it('goes on to the next model before the first content', async () => {
    const first = scriptedModel([answer[0] as never, overloaded], [overloaded])
    const model = withFallback([first.model, scriptedModel().model])
    expect(await toArray(model.stream(request))).toEqual(answer)
    expect((await model.generate(request)).text).toBe('Hello')
    expect(first.requests).toHaveLength(2)
  })

  it('does not go on behind the first content', async () => {
    const second = scriptedModel()
    const model = withFallback([scriptedModel([...answer.slice(0, 2), overloaded]).model, second.model])
    await expect(toArray(model.stream(request))).rejects.toBe(overloaded)
    expect(second.requests).toHaveLength(0)
  })

  it('throws the error of the last model', async () => {
    const last = new ModelError('network', 'Down.')
    await expect(
      withFallback([scriptedModel([overloaded]).model, scriptedModel([last]).model]).generate(request),
    ).rejects.toBe(last)
  })

  it.each(['invalid_request', 'content_filtered', 'over_budget'] as const)('does not go on after %s', async (code) => {
    const wrong = new ModelError(code, 'No.')
    const second = scriptedModel()
    await expect(withFallback([scriptedModel([wrong]).model, second.model]).generate(request)).rejects.toBe(wrong)
    expect(second.requests).toHaveLength(0)
  })

  it('waits once for a short while that the vendor asks for, and goes on after a long one', async () => {
    const clock = createManualClock()
    const first = scriptedModel([limited(2000)], answer, [limited(2001)], [limited(10)], [limited(10)])
    const second = scriptedModel()
    const model = withFallback([first.model, second.model], { clock })
    const short = model.generate(request)
    await clock.advance(2000)
    await short
    expect([first.requests.length, second.requests.length]).toEqual([2, 0])
    await model.generate(request)
    expect([first.requests.length, second.requests.length]).toEqual([3, 1])
    const twice = model.generate(request)
    await clock.advance(10)
    await twice
    expect([first.requests.length, second.requests.length]).toEqual([5, 2])
  })

  it('waits once for each of the models', async () => {
    const clock = createManualClock()
    const [first, second] = [scriptedModel([limited(10)], [limited(10)]), scriptedModel([limited(10)])]
    const response = withFallback([first.model, second.model], { clock }).generate(request)
    await clock.advance(20)
    expect((await response).text).toBe('Hello')
    expect([first.requests.length, second.requests.length]).toEqual([2, 2])
  })

  it('ends a wait at once when it is aborted', async () => {
    const controller = new AbortController()
    const clock = createManualClock()
    const model = withFallback([scriptedModel([limited(1000)]).model, scriptedModel().model], { clock })
    const response = model.generate(request, { signal: controller.signal })
    await clock.advance(1)
    controller.abort(new Error('enough'))
    await expect(response).rejects.toThrow('enough')
  })

  it('refuses options that it does not know, and a wait that is none', () => {
    const { model } = scriptedModel()
    expect(() => withFallback([model], { maxwait: 5 } as never)).toThrow(
      new TypeError('withFallback: "options" has no key "maxwait". Did you mean "maxWait"?'),
    )
    expect(() => withFallback([model], { maxWait: Number.NaN })).toThrow(
      new TypeError('Expected "maxWait" to be a number of milliseconds from 0 upwards, got a number (NaN).'),
    )
  })

  it('refuses an empty list', () => {
    expect(() => withFallback([])).toThrow(
      new TypeError('Expected "models" to be an array of at least one model, got an empty array.'),
    )
  })
})
