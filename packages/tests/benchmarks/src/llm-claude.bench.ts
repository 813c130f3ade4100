import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createAnthropic } from '@ai-sdk/anthropic'
import Anthropic from '@anthropic-ai/sdk'
import { createClaude } from '@empire/llm-claude'
import { measure } from '@empire/test-support/measure'
import { generateText, streamText } from 'ai'
import type { Table } from './table.ts'

export const description =
  'What a client of Claude costs beyond the network: answers of 200 pieces from a fetch that has them ready.'

const model = 'claude-opus-5-5'
const question = 'What is the weather in Bern?'
const pieces = Array.from({ length: 200 }, (_, index) => `word${index} `)
const usage = { input_tokens: 9, output_tokens: 200, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 }
const message = { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], stop_reason: null, usage }
const frames = [
  { type: 'message_start', message },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  ...pieces.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage },
  { type: 'message_stop' },
]
const encoder = new TextEncoder()
const chunks = frames.map((frame) => encoder.encode(`event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`))
const whole = JSON.stringify({
  ...message,
  content: [{ type: 'text', text: pieces.join('') }],
  stop_reason: 'end_turn',
})

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 5 : 101
  return [await answers(samples), await streams(samples), await concurrent(quick ? 50 : 1000)]
}

async function answers(samples: number): Promise<Table> {
  const { ours, bare, ai } = connect(answerWhole)
  const candidates = {
    'bare @anthropic-ai/sdk': () => bare.messages.create({ model, max_tokens: 999, messages: [asked] }),
    '@empire/llm-claude': () => ours.generate({ maxTokens: 999, messages: [asked] }),
    'AI SDK': () => generateText({ model: ai(model), prompt: question, maxOutputTokens: 999 }),
  }
  return toTable('A whole answer, µs', candidates, samples)
}

async function answerWhole(): Promise<Response> {
  return new Response(whole, { headers: { 'content-type': 'application/json' } })
}

async function streams(samples: number): Promise<Table> {
  const { ours, bare, ai } = connect(answerInPieces)
  const candidates = {
    'bare @anthropic-ai/sdk': async () =>
      drain(await bare.messages.create({ model, max_tokens: 999, messages: [asked], stream: true })),
    '@empire/llm-claude': () => drain(ours.stream({ maxTokens: 999, messages: [asked] })),
    'AI SDK': () => drain(streamText({ model: ai(model), prompt: question, maxOutputTokens: 999 }).stream),
  }
  const table = await toTable(`A streamed answer of ${frames.length} events, µs`, candidates, samples)
  const ms = Number(table.rows[1]?.[1]) / 1000
  return { ...table, notes: [`Ours: ${Math.round((frames.length / ms) * 1000).toLocaleString('en-US')} events/s.`] }
}

async function answerInPieces(): Promise<Response> {
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++]
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** Many streams at a time from a server, which writes into each piece when it was sent; both in processes of their own. */
async function concurrent(callers: number): Promise<Table> {
  const server = fork(new URL('claude-stream-server.ts', import.meta.url))
  try {
    const [port] = (await once(server, 'message')) as [number]
    const client = fork(new URL('claude-stream-client.ts', import.meta.url), [String(port), String(callers)])
    const failed = new AbortController()
    client.once('exit', () => failed.abort())
    const [row] = (await once(client, 'message', { signal: failed.signal })) as [number[]]
    return {
      title: `${callers.toLocaleString('en-US')} concurrent streams of 2 KB, ms from the server's write to the subscriber`,
      columns: ['', 'p50', 'p99', 'pieces', 'memory, MB', 'of it for the streams, MB'],
      rows: [['@empire/llm-claude', ...row]],
    }
  } finally {
    server.kill()
  }
}

const asked = { role: 'user', content: question } as const

function connect(fetch: typeof globalThis.fetch) {
  const apiKey = 'any'
  return {
    ours: createClaude({ model, apiKey, fetch }),
    bare: new Anthropic({ apiKey, fetch, maxRetries: 0 }),
    ai: createAnthropic({ apiKey, fetch }),
  }
}

async function drain(parts: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of parts);
}

async function toTable(
  title: string,
  candidates: Readonly<Record<string, () => unknown>>,
  samples: number,
): Promise<Table> {
  const measured = await measure(candidates, { samples })
  return {
    title,
    columns: ['', 'median', 'best', 'ratio'],
    rows: measured.map(({ name, median, fastest, ratio }) => [name, median * 1000, fastest * 1000, ratio]),
  }
}
