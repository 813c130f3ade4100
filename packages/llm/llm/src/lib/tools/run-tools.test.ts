import { getEventListeners } from 'node:events'
import { createManualClock } from '@empire/test-support/clock'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createBudget } from '../cost/create-budget.ts'
import { defineModel } from '../define-model.ts'
import { llmEvents } from '../llm-events.ts'
import { ModelError } from '../model-error.ts'
import { createPrices } from '../prices/create-prices.ts'
import type { StreamPart } from '../stream-part.ts'
import type { ToolCall } from '../tool-call.ts'
import { answer, request, scriptedModel, usage } from '../wrappers/scripted-model.ts'
import { withCost } from '../wrappers/with-cost.ts'
import { withRetry } from '../wrappers/with-retry.ts'
import { hasCalled } from './has-called.ts'
import { runTools } from './run-tools.ts'
import { defineTool } from './tool.ts'

/** An answer that calls tools. */
function calls(...list: readonly ToolCall[]): StreamPart[] {
  return [
    ...list.flatMap((call): StreamPart[] => [
      { type: 'tool-call-start', id: call.id, name: call.name },
      { type: 'tool-call-end', ...call },
    ]),
    { type: 'usage', usage },
    { type: 'finish', reason: 'tool-calls' },
  ]
}

const call = (id: string, name = 'weather', input: ToolCall['input'] = { city: id }): ToolCall => ({ id, name, input })
const weather = defineTool({
  name: 'weather',
  description: 'Tells the weather.',
  input: z.object({ city: z.string() }),
  run: ({ city }) => ({ city, degrees: 21 }),
})
const fails = defineTool({
  name: 'fails',
  input: { type: 'object' },
  run() {
    throw new Error('No wind. Key: sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
  },
})
const waits = defineTool({ name: 'waits', input: {}, run: () => new Promise(() => {}) })
const endless = () => scriptedModel(...Array.from({ length: 100 }, (_, index) => calls(call(`c${index}`))))

describe('runTools', () => {
  it('calls tools and tells the model what they gave until it answers', async () => {
    const { model, requests } = scriptedModel(calls(call('Oslo'), call('Rome')), calls(call('Bern')))
    const { response, steps, usage: all, context, stopped } = await runTools(model, request, [weather])
    expect([response.text, stopped, steps.length]).toEqual(['Hello', 'answered', 3])
    expect(all).toEqual({ input: 3, cacheRead: 0, cacheWrite: 0, output: 6, reasoning: 0 })
    expect(steps[0]?.results).toEqual([
      { call: call('Oslo'), result: { city: 'Oslo', degrees: 21 }, isError: false },
      { call: call('Rome'), result: { city: 'Rome', degrees: 21 }, isError: false },
    ])
    expect(requests[0]?.tools).toMatchObject([
      { name: 'weather', description: 'Tells the weather.', input: { type: 'object', required: ['city'] } },
    ])
    expect(requests[1]?.context.messages.map(({ role }) => role)).toEqual([
      'user',
      'tool',
      'tool',
      'tool_result',
      'tool_result',
    ])
    expect(context.messages.at(-1)).toMatchObject({ role: 'assistant', raw: 'Hello' })
  })

  it.each([
    [
      'wrong arguments',
      call('a', 'weather', { city: 7 }),
      /^The data is no weather: 1 problem\.\n- city: expected a string, received/,
    ],
    ['a tool that there is not', call('a', 'wether'), /^There is no tool "wether"\. Did you mean "weather"\?$/],
    ['what a tool throws, without secrets', call('a', 'fails'), /^No wind\. Key: \[redacted\]$/],
    ['a result that is no JSON', call('a', 'odd'), /^The result of odd is no JSON data\.$/],
  ])('tells the model of %s', async (_, wrong, message) => {
    const odd = defineTool({ name: 'odd', input: {}, run: () => () => 1 })
    const { model, requests } = scriptedModel(calls(wrong))
    const { steps, stopped } = await runTools(model, request, [weather, fails, odd])
    expect(stopped).toBe('answered')
    expect(steps[0]?.results).toEqual([{ call: wrong, result: expect.stringMatching(message), isError: true }])
    expect(requests[1]?.context.messages.at(-1)).toMatchObject({ isError: true, result: steps[0]?.results[0]?.result })
  })

  it.each([
    ['two calls of one id', [call('a'), call('a')]],
    ['a call without an id', [{ ...call('a'), id: undefined } as never]],
    ['an id that is empty', [call('')]],
    ['a name that is empty', [call('a', '')]],
    ['arguments that are no object', [call('a', 'weather', [] as never)]],
  ])('refuses an answer with %s before a tool runs', async (_, wrong) => {
    let runs = 0
    const tool = defineTool({ name: 'weather', input: {}, run: () => runs++ })
    await expect(runTools(scriptedModel(calls(...wrong)).model, request, [tool])).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringMatching(/^scripted called a tool in a way that a conversation cannot hold: /),
    })
    expect(runs).toBe(0)
  })

  it.each([
    ['an object without a prototype', Object.create(null)],
    ['an error without a text', Object.assign(new Error('x'), { message: { text: 'x' } })],
    [
      'something that throws when it is read',
      {
        toString() {
          throw new Error('read')
        },
      },
    ],
  ])('tells the model of a tool that throws %s', async (_, thrown: unknown) => {
    const odd = defineTool({
      name: 'odd',
      input: {},
      run() {
        throw thrown
      },
    })
    const { steps, stopped } = await runTools(scriptedModel(calls(call('a', 'odd'))).model, request, [odd])
    expect(stopped).toBe('answered')
    expect(steps[0]?.results[0]).toMatchObject({ result: 'The tool failed, and does not say why.', isError: true })
  })

  it('tells the model of a result that cannot be copied', async () => {
    const trap = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('trapped')
        },
      },
    )
    const odd = defineTool({ name: 'odd', input: {}, run: () => trap })
    const { steps } = await runTools(scriptedModel(calls(call('a', 'odd'))).model, request, [odd])
    expect(steps[0]?.results[0]).toMatchObject({ result: 'The result of odd is no JSON data.', isError: true })
  })

  it('cuts a long name that the model made up', async () => {
    const { steps } = await runTools(scriptedModel(calls(call('a', 'x'.repeat(100_000)))).model, request, [weather])
    expect(steps[0]?.results[0]?.result).toBe(`There is no tool "${'x'.repeat(40)}" and 99960 characters more.`)
  })

  it('keeps what the model said from a tool that changes its call', async () => {
    const meddling = defineTool({
      name: 'weather',
      input: {},
      run: (_, options) => void Object.assign(options.call.input, { city: 'Rome' }),
    })
    const { steps, context } = await runTools(scriptedModel(calls(call('Oslo'))).model, request, [meddling])
    expect(steps[0]?.response.toolCalls).toEqual([call('Oslo')])
    expect(context.messages[1]).toMatchObject({ args: { city: 'Oslo' } })
  })

  it('starts no tool when the time is over', async () => {
    const clock = createManualClock()
    const started: string[] = []
    const slow = defineTool({
      name: 'slow',
      input: {},
      run: (_, options) => {
        started.push(options.call.id)
        return new Promise(() => {})
      },
    })
    const running = runTools(scriptedModel(calls(call('a', 'slow'), call('b', 'slow'))).model, request, [slow], {
      concurrency: 1,
      limits: { time: 10, steps: 1 },
      clock,
    })
    await clock.advance(10)
    const { stopped, steps } = await running
    expect(stopped).toBe('time')
    expect(started).toEqual(['a'])
    expect(steps[0]?.results.map(({ isError }) => isError)).toEqual([true, true])
  })

  it.each([
    ['onStep', { onStep: () => new Promise<void>(() => {}) }],
    ['stopWhen', { stopWhen: () => new Promise<boolean>(() => {}) }],
  ])('does not wait for %s when the time is over, nor after an abort', async (_, options) => {
    const clock = createManualClock()
    const inTime = runTools(scriptedModel(calls(call('a'))).model, request, [weather], {
      ...options,
      limits: { time: 10 },
      clock,
    })
    await clock.advance(10)
    expect(await inTime).toMatchObject({ stopped: 'time', steps: [{ results: [{ isError: false }] }] })

    const reason = new Error('left')
    const controller = new AbortController()
    const left = runTools(scriptedModel(calls(call('a'))).model, request, [weather], {
      ...options,
      signal: controller.signal,
    })
    setImmediate(() => controller.abort(reason))
    await expect(left).rejects.toBe(reason)
  })

  it('leaves it to the loop within a call to count what that call has cost', async () => {
    const prices = createPrices({ models: { scripted: { input: 1, output: 1 } } })
    const budget = createBudget({ limit: 1_000_000_000 })
    const inner = withCost(scriptedModel().model, { prices, budget })
    // An answer that is made by a loop of its own, and then breaks off.
    const looping = defineModel({
      id: 'scripted',
      async *stream({ context }, options): AsyncGenerator<StreamPart> {
        const limits = { cost: { budget, limit: 1_000_000 } }
        await runTools(inner, { messages: context, maxTokens: 10 }, [], { ...options, limits })
        yield { type: 'text-start' }
        throw new ModelError('interrupted', 'Broken off.')
      },
    })
    const outer = withCost(looping, { prices, budget })
    await expect(outer.generate({ ...request, maxTokens: 10 })).rejects.toMatchObject({ code: 'interrupted' })
    // What the loop used: `usage` at a millionth of a dollar a token.
    expect(budget).toMatchObject({ spent: 3000, reserved: 0 })
  })

  it('ends with the reason of an abort that comes in the last step', async () => {
    const reason = new Error('left')
    const controller = new AbortController()
    const leave = (): boolean => {
      controller.abort(reason)
      return false
    }
    const running = runTools(scriptedModel(calls(call('a'))).model, request, [weather], {
      stopWhen: leave,
      limits: { steps: 1 },
      signal: controller.signal,
    })
    await expect(running).rejects.toBe(reason)
  })

  it('leaves neither a timer nor a listener', async () => {
    const clock = createManualClock()
    const { signal } = new AbortController()
    await runTools(scriptedModel(calls(call('a'))).model, request, [weather], { signal, clock, limits: { time: 10 } })
    expect(clock.waiting).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('gives a tool what its schema makes of the arguments', async () => {
    const seen: unknown[] = []
    const tool = defineTool({
      name: 'weather',
      input: z.object({ city: z.string().transform((city) => city.length), days: z.int().default(3) }),
      run: (input, options) => void seen.push(input, options.call.id),
    })
    const { steps } = await runTools(scriptedModel(calls(call('Oslo'))).model, request, [tool])
    expect(seen).toEqual([{ city: 4, days: 3 }, 'Oslo'])
    expect(steps[0]?.results[0]?.result).toBeNull()
  })

  it('runs the calls of a step at the same time, no more than allowed, and keeps their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (times, concurrency) => {
          const clock = createManualClock()
          let running = 0
          let most = 0
          const slow = defineTool({
            name: 'slow',
            input: z.object({ ms: z.number() }),
            async run({ ms }) {
              most = Math.max(most, ++running)
              await clock.sleep(ms)
              running--
              return ms
            },
          })
          const list = times.map((ms, index) => call(`c${index}`, 'slow', { ms }))
          const loop = runTools(scriptedModel(calls(...list)).model, request, [slow], { concurrency })
          await clock.advance(1000)
          const { steps } = await loop
          expect(steps[0]?.results.map(({ result }) => result)).toEqual(times)
          expect(most).toBe(Math.min(concurrency, times.length))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('makes the model call a tool in the first step alone', async () => {
    const { model, requests } = scriptedModel(calls(call('Oslo')))
    await runTools(model, { ...request, toolChoice: 'required' }, [weather])
    expect(requests.map(({ toolChoice }) => toolChoice)).toEqual(['required', undefined])
    const none = scriptedModel(calls(call('Oslo')))
    await runTools(none.model, { ...request, toolChoice: 'none' }, [weather])
    expect(none.requests.map(({ toolChoice }) => toolChoice)).toEqual(['none', 'none'])
  })

  it('ends when a condition holds, with every call answered, and can go on from there', async () => {
    const { model, requests } = scriptedModel(calls(call('Oslo')), calls(call('a', 'submit'), call('Rome')))
    const submit = defineTool({ name: 'submit', input: {}, run: () => 'ok' })
    const { stopped, context, steps } = await runTools(model, request, [weather, submit], {
      stopWhen: [hasCalled('submit'), async (state) => state.usage.input > 100],
    })
    expect([stopped, steps.length, context.messages.at(-1)?.role]).toEqual(['condition', 2, 'tool_result'])
    expect((await runTools(model, { messages: context }, [weather])).response.text).toBe('Hello')
    expect(requests).toHaveLength(3)
  })

  it('ends at 20 steps, or those that are allowed', async () => {
    expect(await runTools(endless().model, request, [weather])).toMatchObject({
      stopped: 'steps',
      steps: { length: 20 },
    })
    const { steps } = await runTools(endless().model, request, [weather], { limits: { steps: 2 } })
    expect(steps).toHaveLength(2)
  })

  it('begins no step when the tokens are used up', async () => {
    const { stopped, steps } = await runTools(endless().model, request, [weather], { limits: { tokens: 7 } })
    expect([stopped, steps.length]).toEqual(['tokens', 3])
  })

  it('ends a step whose time is over, the tools as well as the model', async () => {
    const clock = createManualClock()
    const slow = [...calls(call('Oslo')), () => clock.sleep(100)] as const
    const limits = { time: 50 }
    const inTool = runTools(scriptedModel(calls(call('a', 'waits'))).model, request, [waits], { limits, clock })
    await clock.advance(50)
    expect(await inTool).toMatchObject({
      stopped: 'time',
      steps: [{ results: [{ result: 'The 50 ms for all steps of the loop are over.', isError: true }] }],
    })
    const inModel = runTools(scriptedModel(calls(call('Oslo')), [() => clock.sleep(100)]).model, request, [weather], {
      limits,
      clock,
    })
    await clock.advance(50)
    expect(await inModel).toMatchObject({ stopped: 'time', steps: { length: 1 } })
    const atOnce = runTools(scriptedModel([() => clock.sleep(100), ...slow]).model, request, [weather], {
      limits,
      clock,
    })
    atOnce.catch(() => {})
    await clock.advance(50)
    await expect(atOnce).rejects.toMatchObject({ code: 'timeout' })
    // The wait of the model that does not listen, and none of the loop.
    expect(clock.waiting).toBe(1)
  })

  const prices = createPrices({ models: { scripted: { input: 1, output: 1 } } })
  const asked = { ...request, maxTokens: 90 }
  const bound = 100_000

  it('draws all steps and their retries on one reservation, which is never exceeded', async () => {
    const budget = createBudget({ limit: 10 * bound })
    const overloaded = new ModelError('network', 'Reset.')
    const { model, requests } = scriptedModel(calls(call('a')), [overloaded], calls(call('b')), calls(call('c')))
    const costed = withCost(withRetry(model, { baseDelay: 0 }), { prices, budget, countTokens: () => 10 })
    const reserved: number[] = []
    const loop = await runTools(costed, asked, [weather], {
      limits: { cost: { budget, limit: 2 * bound + 7000 } },
      onStep: () => void reserved.push(budget.reserved),
    })
    // The second step has its broken attempt charged in full; what is left is no whole call any more.
    expect([loop.stopped, loop.steps.length, requests.length]).toEqual(['cost', 3, 4])
    expect(reserved).toEqual([2 * bound + 7000, 2 * bound + 7000, 2 * bound + 7000])
    expect([budget.spent, budget.reserved]).toEqual([bound + 9000, 0])
  })

  it('lets a model that a tool asks draw on it too', async () => {
    const budget = createBudget({ limit: 10 * bound })
    const inner = withCost(scriptedModel().model, { prices, budget, countTokens: () => 10 })
    const outer = withCost(scriptedModel(calls(call('a', 'ask'))).model, { prices, budget, countTokens: () => 10 })
    const seen: number[] = []
    const ask = defineTool({
      name: 'ask',
      input: {},
      async run(_, { signal, scope }) {
        const { text } = await inner.generate(asked, { signal, scope })
        seen.push(budget.reserved)
        return text
      },
    })
    await runTools(outer, asked, [ask], { limits: { cost: { budget, limit: 3 * bound } } })
    expect(seen).toEqual([3 * bound])
    expect([budget.spent, budget.reserved]).toEqual([9000, 0])
  })

  it('refuses to begin when the budget is too small, or nothing would be counted', async () => {
    const budget = createBudget({ limit: bound })
    const { model, requests } = endless()
    const costed = withCost(model, { prices, budget, countTokens: () => 10 })
    await expect(
      runTools(costed, asked, [weather], { limits: { cost: { budget, limit: bound + 1 } } }),
    ).rejects.toMatchObject({ code: 'over_budget' })
    await expect(
      runTools(costed, asked, [weather], { limits: { cost: { budget, limit: bound - 1 } } }),
    ).rejects.toMatchObject({ code: 'over_budget' })
    expect(requests).toHaveLength(0)
    await expect(runTools(model, asked, [weather], { limits: { cost: { budget, limit: 1 } } })).rejects.toThrow(
      new TypeError('runTools: "limits.cost" needs a model that is withCost on the same budget.'),
    )
    expect(budget.reserved).toBe(0)
  })

  it('throws the reason of an abort, in the model and in a tool, and tells the tool', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    let told: AbortSignal | undefined
    const tool = defineTool({
      name: 'waits',
      input: {},
      run(_, { signal }) {
        told = signal
        queueMicrotask(() => controller.abort(reason))
        return new Promise(() => {})
      },
    })
    const { model } = scriptedModel(calls(call('a', 'waits')))
    await expect(runTools(model, request, [tool], { signal: controller.signal })).rejects.toBe(reason)
    expect(told?.reason).toBe(reason)
    await expect(runTools(model, request, [tool], { signal: controller.signal })).rejects.toBe(reason)
  })

  it('throws what the model throws, untouched', async () => {
    const overloaded = new ModelError('overloaded', 'No.')
    const { model } = scriptedModel(calls(call('Oslo')), [overloaded])
    await expect(runTools(model, request, [weather])).rejects.toBe(overloaded)
  })

  it('shows the parts as they are written, and each step, for which it waits', async () => {
    const parts: string[] = []
    const seen: unknown[] = []
    const { model } = scriptedModel(calls(call('Oslo')))
    await runTools(model, request, [weather], {
      onPart: ({ type }) => parts.push(type),
      async onStep({ results }, { steps }) {
        await Promise.resolve()
        seen.push([results.length, steps.length, parts.length])
      },
    })
    expect(parts).toEqual([...calls(call('Oslo')), ...answer].map(({ type }) => type))
    expect(seen).toEqual([
      [1, 1, 4],
      [0, 2, 10],
    ])
  })

  it('tells of each call of a tool, and of none that the model made up', async () => {
    const told: unknown[] = []
    const leave = llmEvents.tool.subscribe(({ tool, outcome }) => told.push([tool, outcome]))
    await runTools(scriptedModel(calls(call('Oslo'), call('x', 'made-up'))).model, request, [weather])
    leave()
    expect(told.toSorted()).toEqual([
      ['', 'failed'],
      ['weather', 'ok'],
    ])
  })

  it.each([
    [[null], {}, 'runTools: expected "tools[0].run" to be a function, got undefined.'],
    [{}, {}, 'runTools: expected "tools" to be an array of tools, got an object.'],
    [[], { stopWhen: ['never'] }, 'runTools: expected "stopWhen[0]" to be a function, got a string ("never").'],
    [[], { stopWhen: 3 }, 'runTools: expected "stopWhen" to be a function or an array of functions, got a number (3).'],
    [[], { onStep: 1 }, 'runTools: expected "onStep" to be a function, got a number (1).'],
    [[], { limits: { cost: 5 } }, 'runTools: "limits.cost" must be an object, got a number (5).'],
    [[], { concurrency: 0 }, 'runTools: expected "concurrency" to be a positive integer, got a number (0).'],
    [[], { limits: { steps: 0 } }, 'runTools: expected "limits.steps" to be a positive integer, got a number (0).'],
    [
      [],
      { limits: { time: -1 } },
      'runTools: expected "limits.time" to be a number of milliseconds above 0, got a number (-1).',
    ],
    [[], { limits: { step: 1 } }, 'runTools: "limits" has no key "step". Did you mean "steps"?'],
    [[], { stopwhen: [] }, 'runTools: "options" has no key "stopwhen". Did you mean "stopWhen"?'],
  ])('refuses misuse', async (tools, options, message) => {
    const { model, requests } = scriptedModel()
    await expect(runTools(model, request, tools as never, options as never)).rejects.toThrow(new TypeError(message))
    expect(requests).toEqual([])
  })
})
