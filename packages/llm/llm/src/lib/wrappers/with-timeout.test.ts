import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { modelCases } from '../model-cases.ts'
import { answer, iteratorOf, request, scriptedModel, toArray, type ScriptStep } from './scripted-model.ts'
import { withTimeout, type WithTimeoutOptions } from './with-timeout.ts'

const start = answer[0] as ScriptStep
const delta = answer[1] as ScriptStep
/** A vendor that says nothing more until it is told to stop. */
const silence: ScriptStep = ({ signal }) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

describe('withTimeout', () => {
  it.each(modelCases(() => withTimeout(scriptedModel().model, { connect: 1e6, betweenParts: 1e6, whole: 1e6 })))(
    'keeps the contract: $name',
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    },
  )

  it.each<[what: string, script: ScriptStep[], options: WithTimeoutOptions, message: string]>([
    [
      'connect',
      [silence],
      { connect: 100 },
      'Expected a first part within 100 ms. Raise "connect" if the model needs longer.',
    ],
    [
      'firstContent',
      [start, silence],
      { connect: 50, firstContent: 100 },
      'Expected first content within 100 ms. Raise "firstContent" if the model needs longer.',
    ],
    [
      'betweenParts',
      [start, delta, silence],
      { connect: 50, firstContent: 60, betweenParts: 100 },
      'Expected a further part within 100 ms. Raise "betweenParts" if the model needs longer.',
    ],
    [
      'whole',
      [start, delta, silence],
      { whole: 100 },
      'Expected the end of the answer within 100 ms. Raise "whole" if the model needs longer.',
    ],
  ])('ends a stream that exceeds "%s", and closes its source', async (what, script, options, message) => {
    const clock = createManualClock()
    const { model, open } = scriptedModel(script)
    const parts = toArray(withTimeout(model, { ...options, clock }).stream(request))
    const failure = parts.catch((error: unknown) => error)
    await clock.advance(99)
    expect(open()).toBe(1)
    await clock.advance(1)
    expect(await failure).toMatchObject({
      code: 'timeout',
      message,
      details: { waitedFor: what, milliseconds: 100 },
      retryable: true,
    })
    expect(open()).toBe(0)
  })

  it('ends a whole answer that takes too long', async () => {
    const clock = createManualClock()
    const { model, open } = scriptedModel([silence])
    const response = withTimeout(model, { whole: 100, clock })
      .generate(request)
      .catch((error: unknown) => error)
    await clock.advance(100)
    expect(await response).toMatchObject({ code: 'timeout' })
    expect(open()).toBe(0)
  })

  it('does not count the time in which nobody pulls', async () => {
    const clock = createManualClock()
    const parts = iteratorOf(withTimeout(scriptedModel().model, { betweenParts: 100, clock }).stream(request))
    for (const part of answer) {
      expect((await parts.next()).value).toEqual(part)
      await clock.advance(1000)
    }
    expect((await parts.next()).done).toBe(true)
  })

  it('starts anew with each part', async () => {
    const clock = createManualClock()
    const slowly = answer.flatMap((part): ScriptStep[] => [() => clock.sleep(99), part])
    const parts = toArray(withTimeout(scriptedModel(slowly).model, { betweenParts: 100, clock }).stream(request))
    for (const _ of answer) await clock.advance(99)
    expect(await parts).toEqual(answer)
  })

  it('sets one timer for the times between parts, however many come', async () => {
    const clock = createManualClock()
    let sleeps = 0
    const counting = {
      now: clock.now,
      sleep: (...wait: Parameters<typeof clock.sleep>) => (sleeps++, clock.sleep(...wait)),
    }
    const parts = [...Array.from({ length: 100 }, () => answer.slice(0, 1)).flat(), ...answer.slice(4)]
    await toArray(withTimeout(scriptedModel(parts).model, { betweenParts: 100, clock: counting }).stream(request))
    expect([sleeps, clock.waiting]).toEqual([1, 0])
  })

  it('leaves no timer behind', async () => {
    const clock = createManualClock()
    await withTimeout(scriptedModel().model, { whole: 100, connect: 5, betweenParts: 5, clock }).generate(request)
    await toArray(withTimeout(scriptedModel().model, { whole: 100, betweenParts: 5, clock }).stream(request))
    expect(clock.waiting).toBe(0)
  })

  it('refuses an option that it does not know', () => {
    expect(() => withTimeout(scriptedModel().model, { firstContnt: 5 } as never)).toThrow(
      new TypeError('withTimeout: "options" has no key "firstContnt". Did you mean "firstContent"?'),
    )
  })

  it.each([0, -1, Number.NaN, '1'])('refuses %j as a limit', (limit) => {
    expect(() => withTimeout(scriptedModel().model, { whole: limit as number })).toThrow(
      /^Expected "whole" to be a number of milliseconds above 0, got /,
    )
  })
})
