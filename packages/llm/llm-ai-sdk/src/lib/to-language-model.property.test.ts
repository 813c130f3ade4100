import type { LanguageModelV4Content, LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider'
import { type Context, createContext } from '@empire/context'
import {
  appendResponse,
  collectResponse,
  defineModel,
  type LanguageModel,
  type ModelResponse,
  type StreamPart,
} from '@empire/llm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromAiSdk } from './from-ai-sdk.ts'
import { toAiSdk } from './to-ai-sdk.ts'

const count = fc.nat({ max: 1_000_000 })
const json = fc.dictionary(fc.string(), fc.jsonValue())
const thinking = fc.array(fc.record({ type: fc.constant('thinking'), thinking: fc.string() }), { maxLength: 3 })
const thought = fc.record(
  {
    text: fc.string(),
    signature: fc.string(),
    vendor: fc.record({ claude: fc.record({ thinking }) }),
  },
  { requiredKeys: ['text', 'vendor'] },
)
const response: fc.Arbitrary<ModelResponse> = fc.record({
  text: fc.string(),
  reasoning: fc.array(thought, { maxLength: 3 }),
  toolCalls: fc
    .uniqueArray(fc.record({ id: fc.string({ minLength: 1 }), name: fc.stringMatching(/^[\w-]{1,9}$/), input: json }), {
      selector: ({ id }) => id,
      maxLength: 3,
    })
    .map((calls) => calls.map((call) => ({ ...call }))),
  citations: fc.constant([]),
  media: fc.constant([]),
  usage: fc.record({ input: count, cacheRead: count, cacheWrite: count, output: count, reasoning: count }),
  finish: fc.record({ reason: fc.constantFrom('stop' as const, 'length' as const, 'content-filter' as const) }),
})

function* partsOf({ text, reasoning, toolCalls, usage, finish }: ModelResponse): Generator<StreamPart> {
  for (const [block, { text: said, ...proof }] of reasoning.entries()) {
    yield { type: 'reasoning-start', block }
    for (const piece of said) yield { type: 'reasoning-delta', text: piece, block }
    yield { type: 'reasoning-end', block, ...proof }
  }
  yield { type: 'text-start' }
  for (const piece of text) yield { type: 'text-delta', text: piece }
  yield { type: 'text-end' }
  for (const { id, name, input } of toolCalls) {
    yield { type: 'tool-call-start', id, name }
    yield { type: 'tool-call-end', id, name, input }
  }
  yield { type: 'usage', usage }
  yield { type: 'finish', ...finish }
}

/** A model that gives one answer, and the conversations that it was given. */
function answering(given: ModelResponse): { readonly model: LanguageModel; readonly contexts: Context[] } {
  const contexts: Context[] = []
  const model = defineModel({
    id: 'answering',
    async *stream({ context }) {
      contexts.push(context)
      yield* partsOf(given)
    },
  })
  return { model, contexts }
}

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content']

/** What the SDK hands over at the next call: an answer as the message that it was. */
function promptAfter(content: readonly LanguageModelV4Content[], given: ModelResponse): LanguageModelV4Prompt {
  const parts = content.flatMap((part): AssistantContent => {
    if (part.type === 'reasoning') {
      const { providerMetadata: providerOptions, ...others } = part
      return [{ ...others, ...(providerOptions === undefined ? {} : { providerOptions }) }]
    }
    if (part.type === 'text') return [{ type: part.type, text: part.text }]
    return part.type === 'tool-call' ? [{ ...part, input: JSON.parse(part.input) as unknown }] : []
  })
  const results = given.toolCalls.map(({ id, name }) => ({
    type: 'tool-result' as const,
    toolCallId: id,
    toolName: name,
    output: { type: 'text' as const, value: 'done' },
  }))
  return [
    { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    { role: 'assistant', content: parts },
    ...(results.length === 0 ? [] : [{ role: 'tool' as const, content: results }]),
  ]
}

describe('a model of ours in the AI SDK', () => {
  it('says there and back what it says, whole and streamed', async () => {
    await fc.assert(
      fc.asyncProperty(response, async (given) => {
        const back = fromAiSdk(toAiSdk(answering(given).model))
        const request = { messages: [{ role: 'user', content: 'Hi' }] } as const
        const { text, toolCalls, usage, finish } = given
        const plain = JSON.parse(JSON.stringify({ text, toolCalls, usage, finish })) as object
        for (const answer of [await back.generate(request), await collectResponse(back.stream(request))]) {
          expect(answer).toMatchObject(plain)
          expect(answer.reasoning.map((part) => [part.text])).toEqual(given.reasoning.map((part) => [part.text]))
        }
      }),
    )
  })

  it('gets back with the next call what it wanted to be given back', async () => {
    await fc.assert(
      fc.asyncProperty(response, async (given) => {
        fc.pre(given.text !== '' || given.toolCalls.length > 0 || given.reasoning.length > 0)
        const { model, contexts } = answering(given)
        const bridged = toAiSdk(model)
        const { content } = await bridged.doGenerate({
          prompt: promptAfter([], { ...given, toolCalls: [] }).slice(0, 1),
        })
        await bridged.doGenerate({ prompt: promptAfter(content, given) })
        const expected = appendResponse(createContext().user('Hi'), given)
        const shown = (context: Context | undefined): unknown =>
          context?.messages.slice(0, expected.length).map((message) => ({ ...message, id: '' }))
        expect(JSON.parse(JSON.stringify(shown(contexts[1])))).toEqual(JSON.parse(JSON.stringify(shown(expected))))
      }),
    )
  })
})
