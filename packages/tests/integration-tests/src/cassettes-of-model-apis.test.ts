import { setImmediate } from 'node:timers/promises'
import { Anthropic } from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { createJsonlStore, verify } from '@empire/record'
import { type Cassette, createCassette } from '@empire/record/cassette'
import {
  createFakeClaude,
  createFakeGemini,
  createManualClock,
  type ManualClock,
  temporaryDirectory,
} from '@empire/test-support'
import { describe, expect, it } from 'vitest'

type Fetch = typeof globalThis.fetch

/** How an application asks a model through the vendor's own SDK. */
interface Client {
  whole(): Promise<unknown>
  stream(): AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>
}

const answer = {
  thinking: 'Rain is likely.',
  text: 'It rains in Bern. ☔️',
  toolCalls: [{ name: 'get_weather', input: { city: 'Zürich' } }],
  headerDelay: 50,
  frameDelay: 100,
}

function claudeClient(baseURL: string, fetch: Fetch): Client {
  const { messages } = new Anthropic({ baseURL, apiKey: 'test-key', maxRetries: 0, fetch })
  const request = { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Rain?' }] }
  return { whole: () => messages.create(request), stream: () => messages.create({ ...request, stream: true }) }
}

function geminiClient(baseUrl: string, fetch: Fetch): Client {
  const { models } = new GoogleGenAI({ apiKey: 'test-key', httpOptions: { baseUrl, fetch } })
  const request = { model: 'gemini-test', contents: 'Rain?' }
  return {
    whole: async () => plain(await models.generateContent(request)),
    async *stream() {
      for await (const response of await models.generateContentStream(request)) yield plain(response)
    },
  }
}

/** Without the headers of the transport, which a cassette has no use for. */
function plain(response: object): unknown {
  return JSON.parse(JSON.stringify({ ...response, sdkHttpResponse: undefined }))
}

const vendors = [
  { vendor: 'Claude', createFake: createFakeClaude, connect: claudeClient },
  { vendor: 'Gemini', createFake: createFakeGemini, connect: geminiClient },
] as const

/** Moves the clock on, whenever somebody waits for it, until the work has ended. `arrive` waits for what was sent. */
async function drive<Result>(
  clock: ManualClock,
  work: Promise<Result>,
  arrive: () => Promise<unknown> = async () => {},
): Promise<Result> {
  const progress = { isOver: false }
  const end = (): void => void (progress.isOver = true)
  const over = work.then(end, end)
  while (!progress.isOver) {
    await Promise.race([over, clock.whenWaiting()])
    if (clock.waiting === 0) continue
    await clock.advance(50)
    await Promise.race([over, arrive()])
    // What has arrived goes through the SDK at this time, and not at the next.
    for (let turn = 0; turn < 5; turn++) await setImmediate()
  }
  return work
}

/** What the stream gives, and when. */
async function read(client: Client, clock: ManualClock): Promise<{ time: number; event: unknown }[]> {
  const events: { time: number; event: unknown }[] = []
  for await (const event of await client.stream()) events.push({ time: clock.now(), event })
  return events
}

/** A `fetch` that counts the chunks which have come. */
function countingFetch(): { readonly fetch: Fetch; readonly until: (count: number) => Promise<void> } {
  const chunks = { count: 0 }
  let wake = Promise.withResolvers<void>()
  return {
    async fetch(...request) {
      const response = await globalThis.fetch(...request)
      const counted = response.body?.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            controller.enqueue(chunk)
            chunks.count += 1
            wake.resolve()
            wake = Promise.withResolvers()
          },
        }),
      )
      return new Response(counted ?? null, response)
    },
    async until(least) {
      while (chunks.count < least) await wake.promise
    },
  }
}

/** A cassette that has nobody to call, and its clock. */
function replay(path: string): { readonly cassette: Cassette; readonly clock: ManualClock } {
  const clock = createManualClock()
  return { cassette: createCassette({ path, mode: 'replay', clock, fetch: refuseLiveCall }), clock }
}

async function refuseLiveCall(): Promise<never> {
  throw new Error('A live call.')
}

describe.each(vendors)('a cassette of the $vendor API', ({ createFake, connect }) => {
  /** Records one whole and one streamed reply, and gives what the SDK made of them. The server is gone afterwards. */
  async function record(path: string) {
    const clock = createManualClock()
    const counter = countingFetch()
    const fake = await createFake([answer, answer], { clock })
    const cassette = createCassette({ path, mode: 'record', clock, fetch: counter.fetch })
    const client = connect(fake.url, cassette.fetch)
    const sent = (): number => fake.requests.reduce((sum, request) => sum + request.sent, 0)
    const arrive = (): Promise<void> => counter.until(sent())
    const whole = await drive(clock, client.whole(), arrive)
    const begin = clock.now()
    const events = await drive(clock, read(client, clock), arrive)
    await cassette.close()
    await fake.close()
    return { url: fake.url, whole, events: events.map(({ time, event }) => ({ time: time - begin, event })) }
  }

  it('gives the SDK the same whole and streamed replies, each part at its time', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('cassette.jsonl')
    const recorded = await record(path)
    expect(recorded.events.length).toBeGreaterThan(5)
    expect(recorded.events[0]?.time).toBe(150)
    expect(new Set(recorded.events.map(({ time }) => time)).size).toBeGreaterThan(5)

    const { cassette, clock } = replay(path)
    const client = connect(recorded.url, cassette.fetch)
    expect(await drive(clock, client.whole())).toEqual(recorded.whole)
    const begin = clock.now()
    const events = await drive(clock, read(client, clock))
    expect(events.map(({ time, event }) => ({ time: time - begin, event }))).toEqual(recorded.events)
    expect(await cassette.unused()).toEqual([])
    await cassette.close()
    expect(await verify(createJsonlStore({ path }))).toMatchObject({ ok: true, steps: 2 })
  })

  it('refuses what was not recorded, and calls nobody', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('cassette.jsonl')
    const { url } = await record(path)
    const { cassette, clock } = replay(path)
    const client = connect(url, cassette.fetch)
    await drive(clock, client.whole())
    // Both SDKs have a failure of their own around it.
    const failure: unknown = await client.whole().catch((error: unknown) => error)
    const chain = [failure, (failure as Error).cause].map((error) => (error as { code?: unknown } | undefined)?.code)
    expect(chain).toContain('cassette_mismatch')
    await cassette.close()
  })
})
