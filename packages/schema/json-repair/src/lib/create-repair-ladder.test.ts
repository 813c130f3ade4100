import { createBreaker } from '@empire/resilience'
import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AskForRepair } from './ask-for-repair.ts'
import { createRepairLadder } from './create-repair-ladder.ts'
import { JsonNotAcceptedError } from './json-not-accepted-error.ts'
import { jsonRepairEvents } from './json-repair-events.ts'

const person = z.object({ name: z.string(), age: z.number() })
const broken = '{"name": "Ada", "age": "thirty-six"}'

/** A model that gives one answer after the other, and remembers what it was asked. */
function fakeModel(...answers: (string | Error | (() => ReturnType<AskForRepair>))[]) {
  const prompts: string[] = []
  const ask: AskForRepair = (prompt) => {
    const answer = answers[prompts.length]
    prompts.push(prompt)
    if (answer === undefined) throw new Error('One answer too many was asked for.')
    if (answer instanceof Error) throw answer
    return typeof answer === 'function' ? answer() : { text: answer, cost: 3 }
  }
  return { ask, prompts }
}

function outcomes(result: { rungs: readonly { rung: string; outcome: string }[] }): string[] {
  return result.rungs.map(({ rung, outcome }) => `${rung} ${outcome}`)
}

async function failure(task: Promise<unknown>): Promise<unknown> {
  return task.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  )
}

describe('createRepairLadder', () => {
  it('takes the likeliest reading, and asks nobody, where that satisfies the schema', async () => {
    const model = fakeModel()
    const result = await createRepairLadder({ schema: person, ask: model.ask }).repair('{name: "Ada", age: 36')
    expect(result).toMatchObject({ valid: true, value: { name: 'Ada', age: 36 }, issues: [], cost: 0 })
    expect(outcomes(result)).toEqual(['structural valid'])
  })

  it('takes any value without a schema', async () => {
    const result = await createRepairLadder().repair('[1, 2')
    expect(result).toMatchObject({ valid: true, value: [1, 2] })
  })

  it('takes another reading where the schema accepts it', async () => {
    const ladder = createRepairLadder({ schema: z.object({ a: z.number() }) })
    const result = await ladder.repair('{"b": 1} {"a": 2}')
    expect(outcomes(result)).toEqual(['structural invalid', 'schema valid'])
    expect(result.value).toEqual({ a: 2 })
  })

  it('gives what the schema makes of the value, also of one that judges asynchronously', async () => {
    const schema = z.object({ at: z.string().transform(async (text) => new Date(text)) })
    const result = await createRepairLadder({ schema }).repair("{at: '2026-01-01'}")
    expect(result.value).toEqual({ at: new Date('2026-01-01') })
  })

  it('judges by a JSON Schema document', async () => {
    const model = fakeModel('{"a": 1}')
    const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] }
    const result = await createRepairLadder({ schema, ask: model.ask }).repair('{"b": 1}')
    expect(outcomes(result)).toEqual(['structural invalid', 'model valid'])
    expect(result.value).toEqual({ a: 1 })
  })

  describe('with a model that helps', () => {
    it('takes its answer, and counts what it cost', async () => {
      const model = fakeModel('Here you are:\n```json\n{"name": "Ada", "age": 36,}\n```')
      const result = await createRepairLadder({ schema: person, ask: model.ask }).repair(broken)
      expect(result).toMatchObject({ valid: true, value: { name: 'Ada', age: 36 }, cost: 3 })
      expect(outcomes(result)).toEqual(['structural invalid', 'model valid'])
    })

    it('tells it the text, the schema and the issues', async () => {
      const model = fakeModel('{"name": "Ada", "age": 36}')
      await createRepairLadder({ schema: person, ask: model.ask }).repair(broken)
      expect(model.prompts[0]).toContain(JSON.stringify(broken))
      expect(model.prompts[0]).toContain('"required":["name","age"]')
      expect(model.prompts[0]).toContain('- /age: Invalid input: expected number, received string')
    })

    it('asks once more with what was wrong with its answer', async () => {
      const model = fakeModel('{"name": 5, "age": 36}', '{"name": "Ada", "age": 36}')
      const result = await createRepairLadder({ schema: person, ask: model.ask }).repair(broken)
      expect(outcomes(result)).toEqual(['structural invalid', 'model invalid', 'model valid'])
      expect(model.prompts[1]).toContain('- /name: Invalid input: expected string, received number')
      expect(result.cost).toBe(6)
    })

    it('can make something of a text without JSON', async () => {
      const model = fakeModel('{"name": "Ada", "age": 36}')
      const result = await createRepairLadder({ schema: person, ask: model.ask }).repair('Her name is Ada.')
      expect(outcomes(result)).toEqual(['structural failed', 'model valid'])
    })
  })

  describe('with a model that lies', () => {
    it('asks twice at most, and returns the best reading with its issues', async () => {
      const model = fakeModel('{"name": 1, "age": "?"}', 'As you wish: {"nonsense": true}')
      const ladder = createRepairLadder({ schema: person, ask: model.ask, onInvalid: 'return' })
      const result = await ladder.repair(broken)
      expect(result).toMatchObject({
        valid: false,
        value: { name: 'Ada', age: 'thirty-six' },
        issues: [{ path: ['age'], message: 'Invalid input: expected number, received string' }],
        cost: 6,
      })
      expect(outcomes(result)).toEqual(['structural invalid', 'model invalid', 'model invalid'])
    })

    it('refuses an invention where told how to see one', async () => {
      const model = fakeModel('{"name": "Bob", "age": 36}', '{"name": "Ada", "age": 36}')
      const ladder = createRepairLadder({
        schema: person,
        ask: model.ask,
        accept: async (value, text) => text.includes((value as { name: string }).name),
      })
      const result = await ladder.repair(broken)
      expect(outcomes(result)).toEqual(['structural invalid', 'model rejected', 'model valid'])
      expect(result.value).toEqual({ name: 'Ada', age: 36 })
    })

    it('is not asked again when that costs too much', async () => {
      const model = fakeModel('{}')
      const ladder = createRepairLadder({ schema: person, ask: model.ask, maxCost: 3, onInvalid: 'return' })
      expect(outcomes(await ladder.repair(broken))).toEqual(['structural invalid', 'model invalid'])
    })

    it('is not read beyond the limits of size and depth', async () => {
      const model = fakeModel('x'.repeat(2001), '['.repeat(1000))
      const ladder = createRepairLadder({ schema: person, ask: model.ask, maxLength: 2000, onInvalid: 'return' })
      const result = await ladder.repair(broken)
      expect(outcomes(result)).toEqual(['structural invalid', 'model too_large', 'model too_deep'])
      expect(result.value).toEqual({ name: 'Ada', age: 'thirty-six' })
    })

    it('gives no JSON', async () => {
      const model = fakeModel('Sorry, I cannot.', '')
      const ladder = createRepairLadder({ schema: person, ask: model.ask, onInvalid: 'return' })
      expect(outcomes(await ladder.repair(broken))).toEqual(['structural invalid', 'model failed', 'model failed'])
    })

    it.each([undefined, null, 5, {}, { text: 'x', cost: -1 }, { text: 'x', cost: Number.NaN }])(
      'gives %o, which is no answer',
      async (answer) => {
        const ask = (() => answer) as unknown as AskForRepair
        const result = await createRepairLadder({ schema: person, ask, onInvalid: 'return' }).repair(broken)
        expect(outcomes(result)).toEqual(['structural invalid', 'model failed'])
        expect(result.rungs[1]?.error).toEqual(
          new TypeError('Expected "ask" to give a string, or { text, cost } with a cost of at least 0.'),
        )
      },
    )
  })

  describe('with a model that fails', () => {
    it('asks again if that may help', async () => {
      const model = fakeModel(new Error('503'), '{"name": "Ada", "age": 36}')
      const result = await createRepairLadder({ schema: person, ask: model.ask }).repair(broken)
      expect(outcomes(result)).toEqual(['structural invalid', 'model failed', 'model valid'])
    })

    it('does not if it cannot', async () => {
      const model = fakeModel(Object.assign(new Error('No such key.'), { status: 401 }))
      const ladder = createRepairLadder({ schema: person, ask: model.ask, onInvalid: 'return' })
      expect(outcomes(await ladder.repair(broken))).toEqual(['structural invalid', 'model failed'])
    })

    it('rejects with what was read, and every rung', async () => {
      const down = new Error('down')
      const model = fakeModel(down, () => Promise.reject(down))
      const error = (await failure(
        createRepairLadder({ schema: person, ask: model.ask }).repair(broken),
      )) as JsonNotAcceptedError
      expect(error).toBeInstanceOf(JsonNotAcceptedError)
      expect(error.message).toBe(
        "Expected a text that holds a value of the schema, got none (structural invalid, model failed, model failed). First issue: Invalid input: expected number, received string. Ask for the value again, or take the best reading with onInvalid: 'return'.",
      )
      expect(error).toMatchObject({
        code: 'json_not_accepted',
        cause: down,
        details: { rungs: ['structural invalid', 'model failed', 'model failed'], issues: 1 },
      })
      expect(error.result).toMatchObject({ valid: false, value: { name: 'Ada', age: 'thirty-six' } })
      expect(Object.keys(error)).not.toContain('result')
    })

    it('rejects, whatever was asked for, where there is no value at all', async () => {
      const error = (await failure(
        createRepairLadder({ schema: person, onInvalid: 'return' }).repair('Sorry, no value.'),
      )) as JsonNotAcceptedError
      expect(error).toMatchObject({ code: 'json_not_accepted', cause: { code: 'json_unrepairable' } })
    })

    it('is not asked while the breaker is open, by any ladder that shares it', async () => {
      const clock = createManualClock()
      const breaker = createBreaker({ minimumCalls: 2, failureRate: 1, clock })
      const model = fakeModel(new Error('down'), new Error('down'))
      const first = createRepairLadder({ schema: person, ask: model.ask, breaker, clock, onInvalid: 'return' })
      expect(outcomes(await first.repair(broken))).toEqual(['structural invalid', 'model failed', 'model failed'])
      expect(breaker.state).toBe('open')

      const healthy = fakeModel('{"name": "Ada", "age": 36}')
      const second = createRepairLadder({ schema: person, ask: healthy.ask, breaker, clock, onInvalid: 'return' })
      const refused = await second.repair(broken)
      expect(outcomes(refused)).toEqual(['structural invalid', 'model refused'])
      expect(refused.rungs[1]?.error).toMatchObject({ code: 'breaker_open' })
      expect(refused.value).toEqual({ name: 'Ada', age: 'thirty-six' })
      expect([model.prompts.length, healthy.prompts.length]).toEqual([2, 0])

      // One with a breaker of its own is not stopped by it.
      const alone = createRepairLadder({ schema: person, ask: healthy.ask, clock })
      expect(outcomes(await alone.repair(broken))).toEqual(['structural invalid', 'model valid'])
    })

    it('is asked again once the breaker lets a call through', async () => {
      const clock = createManualClock()
      const model = fakeModel(new Error('down'), new Error('down'), '{"name": "Ada", "age": 36}')
      const breaker = createBreaker({ minimumCalls: 2, failureRate: 1, resetAfter: 1000, clock })
      const ladder = createRepairLadder({ schema: person, ask: model.ask, breaker, clock, onInvalid: 'return' })
      await ladder.repair(broken)
      expect(outcomes(await ladder.repair(broken))).toEqual(['structural invalid', 'model refused'])
      await clock.advance(1000)
      expect(outcomes(await ladder.repair(broken))).toEqual(['structural invalid', 'model valid'])
      expect(breaker.state).toBe('closed')
    })
  })

  describe('with a model that stalls', () => {
    it('waits no longer than told, for each answer', async () => {
      const clock = createManualClock()
      const signals: AbortSignal[] = []
      const ask: AskForRepair = (_, signal) => {
        signals.push(signal)
        return new Promise(() => undefined)
      }
      const ladder = createRepairLadder({ schema: person, ask, timeout: 1000, clock, onInvalid: 'return' })
      const repaired = ladder.repair(broken)
      await clock.whenWaiting()
      await clock.advance(1000)
      await clock.whenWaiting()
      await clock.advance(1000)
      const result = await repaired
      expect(outcomes(result)).toEqual(['structural invalid', 'model failed', 'model failed'])
      expect(result.rungs.map(({ duration }) => duration)).toEqual([0, 1000, 1000])
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
      expect(clock.waiting).toBe(0)
    })

    it('is left when the caller gives up, with the reason of that', async () => {
      const clock = createManualClock()
      const controller = new AbortController()
      let asked = 0
      const ask: AskForRepair = () => {
        asked++
        return new Promise(() => undefined)
      }
      const ladder = createRepairLadder({ schema: person, ask, clock, onInvalid: 'return' })
      const repaired = failure(ladder.repair(broken, { signal: controller.signal }))
      await clock.whenWaiting()
      const reason = { why: 'the user left' }
      controller.abort(reason)
      expect(await repaired).toBe(reason)
      expect(asked).toBe(1)
      expect(clock.waiting).toBe(0)
    })
  })

  it('is not begun when the signal is aborted', async () => {
    const model = fakeModel()
    const ladder = createRepairLadder({ schema: person, ask: model.ask })
    expect(await failure(ladder.repair(broken, { signal: AbortSignal.abort('no') }))).toBe('no')
  })

  it('does not wait for a schema that stalls when the signal is aborted', async () => {
    const controller = new AbortController()
    const schema = { '~standard': { validate: () => new Promise<never>(() => undefined) } }
    const repaired = failure(createRepairLadder({ schema }).repair('{}', { signal: controller.signal }))
    controller.abort('no')
    expect(await repaired).toBe('no')
  })

  it('keeps the best reading when the model aborts by itself, and does not ask again', async () => {
    const abort = new DOMException('Stopped.', 'AbortError')
    const model = fakeModel(abort)
    const ladder = createRepairLadder({ schema: person, ask: model.ask, onInvalid: 'return' })
    const { valid, rungs } = await ladder.repair(broken)
    expect(valid).toBe(false)
    expect(rungs.at(-1)).toMatchObject({ rung: 'model', outcome: 'failed', error: abort })
    expect(model.prompts).toHaveLength(1)
  })

  it('lets a fault of the schema through', async () => {
    const fault = new RangeError('A bug.')
    const schema = {
      '~standard': {
        validate: () => {
          throw fault
        },
      },
    }
    expect(await failure(createRepairLadder({ schema }).repair('{}'))).toBe(fault)
  })

  it('does not show a value that is too deep to the schema', async () => {
    const ladder = createRepairLadder({ schema: z.json(), onInvalid: 'return' })
    const result = await ladder.repair('['.repeat(100_000))
    expect(result.issues).toEqual([
      { message: 'Expected at most 256 levels of arrays and objects, got more.', path: [] },
    ])
    expect(outcomes(result)[0]).toBe('structural too_deep')
  })

  it('does not send a text that is too large', async () => {
    const model = fakeModel()
    const ladder = createRepairLadder({ schema: person, ask: model.ask, maxLength: 10, onInvalid: 'return' })
    expect(outcomes(await ladder.repair(broken))).toEqual(['structural invalid', 'model too_large'])
  })

  it('tells of each rung', async () => {
    const told: unknown[] = []
    const stop = jsonRepairEvents.rung.subscribe((message) => told.push(message))
    const model = fakeModel('{"name": "Ada", "age": 36}')
    await createRepairLadder({ schema: person, ask: model.ask }).repair(broken)
    stop()
    expect(told).toMatchObject([
      { rung: 'structural', outcome: 'invalid', cost: 0 },
      { rung: 'model', outcome: 'valid', cost: 3 },
    ])
  })

  it.each([
    [{ ask: 'x' }, '"ask" must be a function, received a string ("x").'],
    [{ attempts: 3 }, '"attempts" must be 1 or 2, received a number (3).'],
    [{ timeout: -1 }, '"timeout" must be a number of at least 0, received a number (-1).'],
    [{ onInvalid: 'ignore' }, `"onInvalid" must be 'throw' or 'return', received a string ("ignore").`],
    [{ attempt: 1 }, `"options" has no key "attempt". Did you mean "attempts"?`],
    [null, '"options" must be an object, got null.'],
    [{ ask: () => '' }, '"ask" needs a "schema", for without one nothing tells a good answer from a bad one.'],
  ])('refuses %o', (options, message) => {
    expect(() => createRepairLadder(options as never)).toThrow(new TypeError(`createRepairLadder: ${message}`))
  })
})
