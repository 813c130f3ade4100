import assert from 'node:assert/strict'
import { type Context, createContext } from '@empire/context'
import { EmpireError } from '@empire/errors'
import { appendResponse } from './append-response.ts'
import { collectResponse } from './collect-response.ts'
import type { LanguageModel, ModelResponse } from './language-model.ts'
import type { ModelRequest } from './model-request.ts'
import type { FinishReason, StreamPart } from './stream-part.ts'
import type { Usage } from './usage.ts'

/** One promise of the contract: `run` rejects with an `AssertionError` when it is not kept. */
export interface ModelCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  readonly run: () => Promise<void>
}

/** Options of `modelCases`. */
export interface ModelCasesOptions {
  /** A request that the model answers with some text. Default: one short question. */
  readonly request?: ModelRequest | undefined
  /** A request to which the model answers by calling a tool. Default: the cases of tools are left out. */
  readonly toolRequest?: ModelRequest | undefined
  /** Whether the same request always gets the same answer. `false` for a vendor's live model. Default: `true`. */
  readonly deterministic?: boolean | undefined
}

const messages = [{ role: 'user', content: 'What is the capital of France?' }] as const
const question: ModelRequest = { messages }

/** The promises of `LanguageModel` as cases for any test runner. `createModel` is called once per case. */
export function modelCases(
  createModel: () => LanguageModel | Promise<LanguageModel>,
  { request: asked = question, toolRequest, deterministic = true }: ModelCasesOptions = {},
): readonly ModelCase[] {
  const promise = (
    name: string,
    keep: (model: LanguageModel, request: ModelRequest) => Promise<void>,
    request = asked,
  ): ModelCase => ({
    name,
    run: async () => keep(await createModel(), { ...request }),
  })
  const toolCases = (request: ModelRequest): ModelCase[] => [
    promise('streams the call of a tool in order', async (model) => {
      const parts = await toArray(model.stream(request))
      checkOrder(parts)
      checkToolCalls(parts)
    }),
    promise('generates the call of a tool that it streams', async (model) => {
      const { toolCalls, finish } = await model.generate(request)
      const names = new Set((request.tools ?? []).map(({ name }) => name))
      assert.ok(toolCalls.length > 0, 'no tool is called')
      for (const { id, name, input } of toolCalls) {
        assert.ok(typeof id === 'string' && id !== '', 'a call has no id')
        assert.ok(names.has(name), `a tool is called that there is not: ${name}`)
        assert.ok(typeof input === 'object' && input !== null && !Array.isArray(input), 'arguments are no object')
      }
      assert.equal(new Set(toolCalls.map(({ id }) => id)).size, toolCalls.length, 'two calls have one id')
      assert.equal(finish.reason, 'tool-calls')
    }),
    promise('goes on from the result of a tool', async (model) => {
      const answer = await model.generate(request)
      let context = appendResponse(contextOf(request), answer)
      for (const { id } of answer.toolCalls) context = context.toolResult({ id, result: { answer: 42 } })
      checkOrder(await toArray(model.stream({ ...request, messages: context })), false)
    }),
  ]

  return [
    promise('has an id', async (model) => {
      assert.equal(typeof model.id, 'string')
      assert.notEqual(model.id, '')
    }),
    promise('says of itself what can be true', async ({ vendor = 'x', capabilities = {}, maxOutputTokens = 1 }) => {
      assert.ok(typeof vendor === 'string' && vendor !== '', 'the vendor has no name')
      assert.ok(Number.isSafeInteger(maxOutputTokens) && maxOutputTokens > 0, `maxOutputTokens is ${maxOutputTokens}`)
      for (const [name, can] of Object.entries(capabilities)) {
        assert.ok(can === undefined || typeof can === 'boolean', `capabilities.${name} is ${String(can)}`)
      }
    }),
    promise('streams its parts in order', async (model, request) => {
      checkOrder(await toArray(model.stream(request)))
    }),
    promise('answers a context as it answers the same messages', async (model, request) => {
      const plain = await model.generate(request)
      const response = await (await createModel()).generate({ ...request, messages: contextOf(request) })
      assert.deepEqual(deterministic ? response : form(response), deterministic ? plain : form(plain))
    }),
    promise('counts usage in disjoint numbers from 0 upwards', async (model, request) => {
      checkUsage((await model.generate(request)).usage)
      for (const part of await toArray(model.stream(request))) if (part.type === 'usage') checkUsage(part.usage)
    }),
    promise('says how an answer ended', async (model, request) => {
      const { finish } = await model.generate(request)
      assert.ok(reasons.includes(finish.reason), `the answer ended with ${String(finish.reason)}`)
      for (const name of ['vendorReason', 'model', 'requestId'] as const) {
        assert.ok(['string', 'undefined'].includes(typeof finish[name]), `finish.${name} is no text`)
      }
    }),
    promise('generates what it streams', async (model, request) => {
      const generated = await model.generate(request)
      const streamed = await collectResponse(model.stream(request))
      assert.deepEqual(deterministic ? generated : form(generated), deterministic ? streamed : form(streamed))
    }),
    promise('throws the reason of a signal that is aborted before the call', async (model, request) => {
      const reason = new Error('left before the call')
      const signal = AbortSignal.abort(reason)
      await assertRejects(() => toArray(model.stream(request, { signal })), reason)
      await assertRejects(() => model.generate(request, { signal }), reason)
    }),
    promise('throws the reason of a signal that is aborted in the middle', async (model, request) => {
      const reason = new Error('left in the middle')
      const controller = new AbortController()
      const parts = model.stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
      await parts.next()
      controller.abort(reason)
      await assertRejects(() => parts.next(), reason)
      assert.equal((await parts.next()).done, true, 'the stream goes on after the abort')
    }),
    promise('throws the reason of a signal that is aborted behind any part', async (_, request) => {
      const { length } = await toArray((await createModel()).stream(request))
      for (let count = 1; count < Math.min(length, 20); count++) {
        const reason = new Error(`left behind part ${count}`)
        const controller = new AbortController()
        const parts = (await createModel()).stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
        for (let taken = 0; taken < count; taken++) await parts.next()
        controller.abort(reason)
        await assertRejects(() => parts.next(), reason)
      }
    }),
    promise('throws the reason of a signal that is aborted while it waits', async (model, request) => {
      const reason = new Error('left while waiting')
      const generating = new AbortController()
      const answer = model.generate(request, { signal: generating.signal })
      generating.abort(reason)
      await assertRejects(() => answer, reason)
      const streaming = new AbortController()
      const part = model.stream(request, { signal: streaming.signal })[Symbol.asyncIterator]().next()
      streaming.abort(reason)
      await assertRejects(() => part, reason)
    }),
    promise('leaves no listener on the signal', async (model, request) => {
      const signal = new AbortController().signal
      const listeners = countListeners(signal)
      await toArray(model.stream(request, { signal }))
      await model.generate(request, { signal })
      for await (const _ of model.stream(request, { signal })) break
      assert.equal(listeners(), 0)
    }),
    promise('ends when it is left early', async (model, request) => {
      const parts = model.stream(request)[Symbol.asyncIterator]()
      await parts.next()
      assert.ok(parts.return, 'the iterator has no "return"')
      await parts.return()
      assert.equal((await parts.next()).done, true)
    }),
    promise('keeps concurrent calls apart', async (model, request) => {
      const alone = await toArray(model.stream(request))
      const together = await Promise.all(Array.from({ length: 10 }, () => toArray(model.stream(request))))
      for (const parts of together) {
        if (deterministic) assert.deepEqual(parts, alone)
        else checkOrder(parts)
      }
    }),
    promise('does not change the request', async (model, request) => {
      deepFreeze(request)
      await toArray(model.stream(request))
      await model.generate(request)
    }),
    ...(toolRequest === undefined ? [] : toolCases(toolRequest)),
    ...badRequests.map(([fault, path, wrong]) =>
      promise(`refuses a request with ${fault}`, async (model) => {
        const bad = { ...wrong }
        for (const call of [() => toArray(model.stream(bad)), () => model.generate(bad)]) {
          const error = await rejection(call)
          assert.ok(EmpireError.isInstance(error), `expected a ModelError, got ${String(error)}`)
          assert.equal(error.code, 'invalid_request')
          assert.equal(error.details['path'], path)
        }
      }),
    ),
  ]
}

// Each breaks the type of a request in one place, so the compiler has to be told to let them pass.
const badRequests = [
  ['no messages', 'messages', { messages: [] }],
  ['messages left out', 'messages', {}],
  ['a message that is null', 'messages[0]', { messages: [null] }],
  ['an unknown role', 'messages[1].role', { messages: [...messages, { role: 'robot', content: 'x' }] }],
  ['a content that is no text', 'messages[0].content', { messages: [{ role: 'user', content: 3 }] }],
  ['a temperature that is no number', 'temperature', { messages, temperature: Number.NaN }],
  ['a temperature below 0', 'temperature', { messages, temperature: -1 }],
  ['a limit of 0 tokens', 'maxTokens', { messages, maxTokens: 0 }],
  ['a limit of 1.5 tokens', 'maxTokens', { messages, maxTokens: 1.5 }],
  ['a stop sequence instead of a list', 'stopSequences', { messages, stopSequences: 'END' }],
  ['an empty stop sequence', 'stopSequences[0]', { messages, stopSequences: [''] }],
  ['a parameter that does not exist', 'maxToken', { messages, maxToken: 5 }],
  ['a tool with a name that no vendor takes', 'tools[0].name', { messages, tools: [{ name: 'a b', input: {} }] }],
  ['a tool without the form of its arguments', 'tools[0].input', { messages, tools: [{ name: 'a' }] }],
  ['a choice of no tool', 'toolChoice', { messages, toolChoice: 'any' }],
  ['a form of the answer that is no schema', 'output.schema', { messages, output: { schema: 'text' } }],
  ['a share of probability above 1', 'topP', { messages, topP: 1.5 }],
  ['a negative budget of reasoning', 'reasoning.budget', { messages, reasoning: { budget: -1 } }],
] as unknown as readonly (readonly [fault: string, path: string, request: ModelRequest])[]

/** What two answers of one model share even if their words differ. */
function form({ text, usage, finish }: ModelResponse): unknown {
  return { text: typeof text, usage: Object.keys(usage).toSorted(), reason: finish.reason }
}

/** Blocks nest, at least one usage comes before the finish, exactly one finish comes last. */
function checkOrder(parts: readonly StreamPart[], says = true): void {
  const types = parts.map((part) => part.type)
  const order = types.join(' ')
  const open = new Set<string>()
  for (const part of parts) {
    const match = /^(text|reasoning|tool-call)-(start|delta|end)$/.exec(part.type)
    if (match === null) continue
    const [, kind, moment] = match
    const block = `${kind} ${'id' in part ? part.id : String('block' in part ? part.block : undefined)}`
    if (moment === 'start') {
      assert.ok(!open.has(block), `a ${kind} starts inside another: ${order}`)
      open.add(block)
    } else {
      assert.ok(open.has(block), `a ${kind} goes on or ends that has not started: ${order}`)
      if (moment === 'end') open.delete(block)
    }
    if (moment === 'delta') assert.equal(typeof ('text' in part ? part.text : undefined), 'string', `no text: ${order}`)
  }
  assert.equal(open.size, 0, `a ${[...open][0]} does not end: ${order}`)
  if (says) assert.ok(/text-delta|tool-call-end/.test(order), `nothing is said: ${order}`)
  assert.ok(types.includes('usage'), `no usage comes: ${order}`)
  assert.equal(types.indexOf('finish'), types.length - 1, `the first finish is not the last part: ${order}`)
}

const reasons: readonly unknown[] = ['stop', 'length', 'tool-calls', 'content-filter', 'other'] satisfies FinishReason[]

function checkUsage(usage: Usage): void {
  for (const kind of ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'] as const) {
    assert.ok(Number.isSafeInteger(usage[kind]) && usage[kind] >= 0, `usage.${kind} is ${usage[kind]}`)
  }
}

/** The pieces of the arguments are the JSON text of the whole. */
function checkToolCalls(parts: readonly StreamPart[]): void {
  const texts = new Map<string, string>()
  for (const part of parts) {
    if (part.type === 'tool-call-delta') texts.set(part.id, (texts.get(part.id) ?? '') + part.text)
    if (part.type !== 'tool-call-end' || !texts.has(part.id)) continue
    assert.deepEqual(JSON.parse(texts.get(part.id) || '{}'), part.input, 'the pieces are not the arguments')
  }
}

function contextOf({ messages: asked }: ModelRequest): Context {
  if (!('every' in asked)) return asked
  let context = createContext()
  for (const { role, content } of asked) context = context.add({ role, raw: content })
  return context
}

async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

async function assertRejects(call: () => Promise<unknown>, reason: unknown): Promise<void> {
  assert.equal(await rejection(call), reason, 'the reason of the signal must come through untouched')
}

async function rejection(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return assert.fail('expected the call to be refused')
}

function countListeners(signal: AbortSignal): () => number {
  const listeners: unknown[] = []
  const { addEventListener, removeEventListener } = signal
  signal.addEventListener = (...[type, listener, options]: Parameters<typeof addEventListener>) => {
    listeners.push(listener)
    addEventListener.call(signal, type, listener, options)
  }
  signal.removeEventListener = (...[type, listener, options]: Parameters<typeof removeEventListener>) => {
    const index = listeners.indexOf(listener)
    if (index !== -1) listeners.splice(index, 1)
    removeEventListener.call(signal, type, listener, options)
  }
  return () => listeners.length
}

function deepFreeze(value: unknown): void {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
}
