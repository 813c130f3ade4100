import { createOpenAI } from '@ai-sdk/openai'
import { defineModel, type StreamPart } from '@empire/llm'
import { fromAiSdk, toAiSdk } from '@empire/llm-ai-sdk'
import { measure } from '@empire/test-support/measure'
import { streamText } from 'ai'
import type { Table } from './table.ts'

export const description =
  'What the bridges to and from the AI SDK cost: answers of 200 pieces from a fetch, or a model, that has them ready.'

const question = 'What is the weather in Bern?'
const pieces = Array.from({ length: 200 }, (_, index) => `word${index} `)
const head = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'gpt-x' }
const frames = [
  ...pieces.map((content) => ({ ...head, choices: [{ index: 0, delta: { content }, finish_reason: null }] })),
  { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { ...head, choices: [], usage: { prompt_tokens: 9, completion_tokens: 200, total_tokens: 209 } },
].map((frame) => JSON.stringify(frame))
const encoder = new TextEncoder()
const chunks = [...frames, '[DONE]'].map((data) => encoder.encode(`data: ${data}\n\n`))

const usage = { input: 9, cacheRead: 0, cacheWrite: 0, output: 200, reasoning: 0 }
const parts: readonly StreamPart[] = [
  { type: 'text-start' },
  ...pieces.map((text): StreamPart => ({ type: 'text-delta', text })),
  { type: 'text-end' },
  { type: 'usage', usage },
  { type: 'finish', reason: 'stop' },
]

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 5 : 101
  return [await into(samples), await outOf(samples)]
}

async function into(samples: number): Promise<Table> {
  const provider = createOpenAI({ apiKey: 'any', fetch: answer }).chat('gpt-x')
  const bridged = fromAiSdk(provider)
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: question }] }]
  return toTable('A model of OpenAI, streamed, µs', samples, {
    'bare @ai-sdk/openai': async () => drain((await provider.doStream({ prompt })).stream),
    'fromAiSdk, @empire/llm-ai-sdk': () => drain(bridged.stream({ messages: [{ role: 'user', content: question }] })),
    'streamText of the AI SDK': () => drain(streamText({ model: provider, prompt: question }).textStream),
  })
}

async function outOf(samples: number): Promise<Table> {
  const ours = defineModel({
    id: 'ready',
    async *stream() {
      yield* parts
    },
  })
  const bridged = toAiSdk(ours)
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: question }] }]
  return toTable('A model of ours, streamed, µs', samples, {
    'the model itself': () => drain(ours.stream({ messages: [{ role: 'user', content: question }] })),
    'toAiSdk, @empire/llm-ai-sdk': async () => drain((await bridged.doStream({ prompt })).stream),
    'streamText with toAiSdk': () => drain(streamText({ model: bridged, prompt: question }).textStream),
  })
}

async function answer(): Promise<Response> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source);
}

async function toTable(
  title: string,
  samples: number,
  candidates: Readonly<Record<string, () => unknown>>,
): Promise<Table> {
  const measured = await measure(candidates, { samples })
  return {
    title,
    columns: ['', 'median', 'best', 'ratio'],
    rows: measured.map(({ name, median, fastest, ratio }) => [name, median * 1000, fastest * 1000, ratio]),
  }
}
