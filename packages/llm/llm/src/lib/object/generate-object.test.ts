import { defineModel as defineData } from '@empire/model'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ModelError } from '../model-error.ts'
import { createContext } from '@empire/context'
import type { StreamPart } from '../stream-part.ts'
import { request, scriptedModel, usage } from '../wrappers/scripted-model.ts'
import { generateObject } from './generate-object.ts'

const schema = z.object({ name: z.string(), age: z.int().min(0) })

/** An answer of this text. */
function says(text: string, reason: 'stop' | 'length' | 'content-filter' = 'stop'): StreamPart[] {
  return [
    { type: 'text-start' },
    { type: 'text-delta', text },
    { type: 'text-end' },
    { type: 'usage', usage },
    { type: 'finish', reason },
  ]
}

const ada = '{"name":"Ada","age":36}'

describe('generateObject', () => {
  it('asks in words where the vendor enforces no form', async () => {
    const { model, requests } = scriptedModel(says(ada))
    const result = await generateObject(model, request, schema)
    expect(result).toMatchObject({ value: { name: 'Ada', age: 36 }, attempts: 1, usage, edits: [] })
    expect(requests[0]?.output).toBeUndefined()
    const [question, instruction] = requests[0]?.context.renderMessages() ?? []
    expect(question?.content).toBe('Hello')
    expect(instruction?.content).toMatch(/^Answer with JSON alone.*"required":\["name","age"\]/s)
  })

  it('has the vendor enforce the form where it can', async () => {
    const { model, requests } = scriptedModel(says(ada), says('[1]'), says(ada))
    const native = { ...model, capabilities: { structuredOutput: true } }
    await generateObject(native, request, schema, { name: 'person' })
    expect(requests[0]?.output).toMatchObject({ schema: { type: 'object', required: ['name', 'age'] }, name: 'person' })
    expect(requests[0]?.context.length).toBe(1)
    // Vendors enforce objects.
    await generateObject(native, request, z.array(z.number()))
    expect(requests[1]?.output).toBeUndefined()
    await generateObject(native, request, schema, { mode: 'prompt' })
    expect(requests[2]?.output).toBeUndefined()
  })

  it('repairs what was written, with a receipt', async () => {
    const { model } = scriptedModel(says("Sure!\n```json\n{name: 'Ada', age: 36,}\n```"))
    const { value, edits } = await generateObject(model, request, schema)
    expect(value).toEqual({ name: 'Ada', age: 36 })
    expect(edits.length).toBeGreaterThan(0)
  })

  it('tells the model what is wrong and asks again', async () => {
    const { model, requests } = scriptedModel(says('{"name":"Ada","age":"old"}'), says('No idea.'), says(''), says(ada))
    const { attempts, usage: all } = await generateObject(model, request, schema, { reasks: 3 })
    expect(attempts).toBe(4)
    expect(all).toEqual({ input: 4, cacheRead: 0, cacheWrite: 0, output: 8, reasoning: 0 })
    const texts = requests[3]?.context.renderMessages().map(({ role, content }) => `${role}: ${content.split('\n')[0]}`)
    expect(texts?.slice(2)).toEqual([
      'assistant: {"name":"Ada","age":"old"}',
      'user: Your answer is not valid JSON for answer: 1 problem.',
      'assistant: No idea.',
      'user: Your answer holds no JSON. Answer again with the whole JSON, and nothing else.',
      'user: Your answer holds no JSON. Answer again with the whole JSON, and nothing else.',
    ])
  })

  it('gives up after the reasks, with what is wrong as the cause', async () => {
    const wrong = says('{"name":7}')
    const { model, requests } = scriptedModel(wrong, wrong, wrong, wrong)
    await expect(generateObject(model, request, schema)).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Expected an answer that fits "answer"; the last of 3 has 2 problems, see "cause".',
      details: { attempts: 3, usage: { output: 6 } },
      cause: { code: 'invalid_model' },
    })
    expect(requests).toHaveLength(3)
    await expect(generateObject(scriptedModel(says('Hm.')).model, request, schema, { reasks: 0 })).rejects.toThrow(
      'Expected an answer that fits "answer"; the last of 1 holds no JSON, see "cause".',
    )
  })

  it('never takes an answer that was cut for a whole one', async () => {
    const list = z.object({ items: z.array(z.string()) })
    await expect(
      generateObject(scriptedModel(says('{"items":["a","b', 'length')).model, request, list),
    ).rejects.toThrow('Expected the whole of "answer", but the answer was cut at its token limit. Raise "maxTokens".')
    await expect(generateObject(scriptedModel(says('', 'length')).model, request, list)).rejects.toMatchObject({
      code: 'invalid_response',
    })
    const { value } = await generateObject(scriptedModel(says('{"items":[]} and', 'length')).model, request, list)
    expect(value).toEqual({ items: [] })
  })

  it('says that a filter cut in', async () => {
    await expect(
      generateObject(scriptedModel(says('{', 'content-filter')).model, request, schema),
    ).rejects.toMatchObject({ code: 'content_filtered', details: { attempts: 1, usage } })
  })

  it('takes models, JSON Schema documents, and schemas that wait or transform', async () => {
    const Person = defineData('Person', { name: z.string(), age: z.int() })
    expect((await generateObject(scriptedModel(says(ada)).model, request, Person)).value.age).toBe(36)
    const document = { type: 'object', properties: { age: { type: 'integer', maximum: 30 } }, required: ['age'] }
    const { value, attempts } = await generateObject(
      scriptedModel(says(ada), says('{"age":1}')).model,
      request,
      document,
    )
    expect([value, attempts]).toEqual([{ age: 1 }, 2])
    const waits = z.object({ name: z.string().refine(async (name) => name !== 'Ada') })
    const later = await generateObject(scriptedModel(says(ada), says('{"name":"Bob"}')).model, request, waits)
    expect([later.value, later.attempts]).toEqual([{ name: 'Bob' }, 2])
    const transforms = z.object({ name: z.string().transform((name) => name.length) })
    expect((await generateObject(scriptedModel(says(ada)).model, request, transforms)).value.name).toBe(3)
  })

  it('keeps the parameters, the context and the thoughts', async () => {
    const thought: StreamPart[] = [{ type: 'reasoning-start' }, { type: 'reasoning-end', signature: 'proof' }]
    const { model, requests } = scriptedModel([...thought, ...says('{}')], says(ada))
    const messages = createContext().system('Be brief.').user('Who?')
    await generateObject(model, { messages, temperature: 0, maxTokens: 50 }, schema)
    expect(requests[1]).toMatchObject({ temperature: 0, maxTokens: 50 })
    expect(requests[1]?.context.messages[3]?.metadata).toEqual({ reasoning: [{ text: '', signature: 'proof' }] })
  })

  it('throws errors of the model and aborts untouched', async () => {
    const overloaded = new ModelError('overloaded', 'No.')
    await expect(generateObject(scriptedModel([overloaded]).model, request, schema)).rejects.toBe(overloaded)
    const reason = new Error('enough')
    await expect(
      generateObject(scriptedModel().model, request, schema, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason)
  })

  it('gives every value back that a model writes', async () => {
    const any = z.object({ text: z.string(), list: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])) })
    const values = fc.record({
      text: fc.string({ unit: 'grapheme' }),
      list: fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
    })
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const result = await generateObject(scriptedModel(says(JSON.stringify(value))).model, request, any)
        expect(result.value).toEqual(value)
        expect(result.attempts).toBe(1)
      }),
    )
  })

  it('does not take an answer for wrong that was cut before its first value', async () => {
    const { model, requests } = scriptedModel([
      { type: 'text-start' },
      { type: 'text-delta', text: 'Let me think' },
      { type: 'text-end' },
      { type: 'usage', usage },
      { type: 'finish', reason: 'length' },
    ])
    await expect(generateObject(model, request, schema)).rejects.toThrow('the answer was cut at its token limit')
    expect(requests.length).toBe(1)
  })

  it('leaves the call of a tool out when it asks again', async () => {
    const { model, requests } = scriptedModel(
      [
        { type: 'tool-call-start', id: '1', name: 'look' },
        { type: 'tool-call-end', id: '1', name: 'look', input: {} },
        ...says('No.'),
      ],
      says('No.'),
    )
    await expect(generateObject(model, request, schema, { reasks: 1 })).rejects.toMatchObject({
      code: 'invalid_response',
    })
    expect(requests[1]?.context.messages.map(({ role }) => role)).not.toContain('tool')
  })

  it('leaves a check that never ends when it is aborted', async () => {
    const reason = new Error('left')
    const controller = new AbortController()
    const endless = z.object({ a: z.number() }).refine(() => {
      setImmediate(() => controller.abort(reason))
      return new Promise<boolean>(() => {})
    })
    const { model } = scriptedModel(says('{"a":1}'))
    await expect(generateObject(model, request, endless, { signal: controller.signal })).rejects.toBe(reason)
  })

  it('refuses a request that is none as the model would', async () => {
    await expect(generateObject(scriptedModel().model, null as never, schema)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { path: '' },
    })
  })

  it.each([
    [undefined, 'got undefined'],
    ['object', 'got a string ("object")'],
  ])('refuses the schema %j', async (wrong, came) => {
    await expect(generateObject(scriptedModel().model, request, wrong as never)).rejects.toThrow(
      new TypeError(`generateObject: expected "schema" to be a Standard Schema or a JSON Schema document, ${came}.`),
    )
  })

  it.each([
    [{ reasks: -1 }, {}, 'generateObject: expected "reasks" to be an integer from 0 upwards, got a number (-1).'],
    [{ mode: 'json' }, {}, 'generateObject: expected "mode" to be "native" or "prompt", got a string ("json").'],
    [{ reask: 1 }, {}, 'generateObject: "options" has no key "reask". Did you mean "reasks"?'],
    [
      {},
      { output: { schema: {} } },
      'generateObject: expected a request without "output": the form of the answer is "schema".',
    ],
  ])('refuses misuse', async (options, more, message) => {
    await expect(
      generateObject(scriptedModel().model, { ...request, ...more }, schema, options as never),
    ).rejects.toThrow(new TypeError(message))
  })
})
