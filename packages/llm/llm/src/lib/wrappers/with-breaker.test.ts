import { createBreaker } from '@empire/resilience'
import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import { answer, request, scriptedModel, toArray } from './scripted-model.ts'
import { withBreaker } from './with-breaker.ts'
import { withRateLimit } from './with-rate-limit.ts'

const overloaded = new ModelError('overloaded', 'Try again later.')
const settings = { minimumCalls: 2, failureRate: 0.5, resetAfter: 1000 }

describe('withBreaker', () => {
  it.each(modelCases(() => withBreaker(scriptedModel().model)))('keeps the contract: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it.each([
    ['before the first part', [overloaded]],
    ['in the middle of a stream', [...answer.slice(0, 2), overloaded]],
    [
      'as an interrupted part',
      [...answer.slice(0, 2), { type: 'interrupted', error: overloaded, text: 'Hel' } as const],
    ],
  ])('opens after failures %s, and closes after a trial', async (_, script) => {
    const clock = createManualClock()
    const { model, requests } = scriptedModel(script, script)
    const guarded = withBreaker(model, { ...settings, clock })
    for (let call = 0; call < 2; call++) await toArray(guarded.stream(request)).catch(() => {})
    await expect(toArray(guarded.stream(request))).rejects.toMatchObject({ code: 'breaker_open' })
    await expect(guarded.generate(request)).rejects.toMatchObject({ code: 'breaker_open' })
    expect(requests).toHaveLength(2)
    await clock.advance(1000)
    expect(await toArray(guarded.stream(request))).toEqual(answer)
    expect(await toArray(guarded.stream(request))).toEqual(answer)
  })

  it('takes what is no fault of the vendor for none', async () => {
    const faults = ['invalid_request', 'authentication', 'rate_limited', 'content_filtered'] as const
    const { model } = scriptedModel(...faults.map((code) => [new ModelError(code, 'No.')]))
    const guarded = withBreaker(model, settings)
    for (const code of faults) await expect(guarded.generate(request)).rejects.toMatchObject({ code })
    expect(await toArray(guarded.stream(request))).toEqual(answer)
  })

  it('takes what was refused further in, before the vendor was asked, for no fault of the vendor', async () => {
    const limited = withRateLimit(scriptedModel().model, { tokens: { limit: 1, interval: 1000 } })
    const guarded = withBreaker(limited, settings)
    for (const _ of [1, 2, 3]) {
      await expect(guarded.generate(request)).rejects.toMatchObject({ code: 'reservation_too_large' })
    }
  })

  it('refuses an option that it does not know', () => {
    expect(() => withBreaker(scriptedModel().model, { failurerate: 1 } as never)).toThrow(
      new TypeError('withBreaker: "options" has no key "failurerate". Did you mean "failureRate"?'),
    )
  })

  it('counts a stream that is left early or aborted as no failure', async () => {
    const breaker = createBreaker(settings)
    const guarded = withBreaker(scriptedModel().model, { breaker })
    for (let call = 0; call < 4; call++) for await (const _ of guarded.stream(request)) break
    for (let call = 0; call < 4; call++) {
      const controller = new AbortController()
      const parts = guarded.stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
      await parts.next()
      controller.abort(new Error('enough'))
      await expect(parts.next()).rejects.toThrow('enough')
    }
    expect(breaker.state).toBe('closed')
  })
})
