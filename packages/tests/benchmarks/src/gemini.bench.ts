import { createGemini } from '@empire/llm-gemini'
import { measure } from '@empire/test-support/measure'
import { measureLoad } from './gemini-load.ts'
import type { Table } from './table.ts'

export const description =
  "What a client of Gemini costs beyond the network: ours, Google's SDK, and the provider of the AI SDK, on one recorded answer."

const model = 'gemini-2.5-flash'
const apiKey = 'key'
const text = 'What is the weather in Bern?'
const messages = [{ role: 'user', content: text }] as const
const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }]

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 3 : 41
  // First, and before the others are loaded: what they leave behind in memory is not ours.
  const load = await measureLoad(quick ? 50 : 1000)
  return [await whole(samples), await streamed(10, samples), await streamed(1000, samples), load]
}

async function whole(samples: number): Promise<Table> {
  const body = JSON.stringify(frame('It rains. ', true))
  const { ours, google, ai } = await clients(
    () => new Response(body, { headers: { 'content-type': 'application/json' } }),
  )
  const candidates = {
    '@empire/llm-gemini': () => ours.generate({ messages }),
    '@google/genai': () => google.models.generateContent({ model, contents: text }),
    '@ai-sdk/google': () => ai.doGenerate({ prompt }),
  }
  return toTable('A whole answer, µs per call', candidates, samples, 1)
}

async function streamed(frames: number, samples: number): Promise<Table> {
  const body = Array.from({ length: frames }, (_, index) => event(frame('It rains. ', index === frames - 1)))
  const bytes = body.map((piece) => new TextEncoder().encode(piece))
  const answer = (): Response =>
    new Response(ReadableStream.from(bytes), { headers: { 'content-type': 'text/event-stream' } })
  const { ours, google, ai } = await clients(answer)
  const candidates = {
    '@empire/llm-gemini': () => drain(ours.stream({ messages })),
    '@google/genai': async () => drain(await google.models.generateContentStream({ model, contents: text })),
    '@ai-sdk/google': async () => drain((await ai.doStream({ prompt })).stream),
  }
  return toTable(`A stream of ${frames} frames, µs per frame`, candidates, samples, frames)
}

async function clients(answer: () => Response) {
  const { GoogleGenAI } = await import('@google/genai')
  const { createGoogleGenerativeAI } = await import('@ai-sdk/google')
  const fetch = async (): Promise<Response> => answer()
  return {
    ours: createGemini({ model, apiKey, fetch }),
    google: new GoogleGenAI({ apiKey, httpOptions: { fetch } }),
    ai: createGoogleGenerativeAI({ apiKey, fetch })(model),
  }
}

function frame(said: string, isLast: boolean): object {
  return {
    candidates: [
      { content: { role: 'model', parts: [{ text: said }] }, index: 0, ...(isLast ? { finishReason: 'STOP' } : {}) },
    ],
    usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 3, totalTokenCount: 10 },
    modelVersion: model,
    responseId: 'abc',
  }
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`
}

async function drain(items: AsyncIterable<unknown> | ReadableStream<unknown>): Promise<void> {
  for await (const _ of items);
}

async function toTable(
  title: string,
  candidates: Readonly<Record<string, () => unknown>>,
  samples: number,
  unit: number,
): Promise<Table> {
  const measured = await measure(candidates, { samples })
  return {
    title,
    columns: ['', 'median', 'best', 'ratio'],
    rows: measured.map(({ name, median, fastest, ratio }) => [
      name,
      (median * 1000) / unit,
      (fastest * 1000) / unit,
      ratio,
    ]),
  }
}
