import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCache } from '@empire/cache'
import { createConfig, fileSource } from '@empire/config'
import { type LanguageModel, ModelError, type StreamPart, withCache } from '@empire/llm'
import { createClaude } from '@empire/llm-claude'
import { createGemini } from '@empire/llm-gemini'
import { generateObject } from '@empire/llm/object'
import { defineModel, field } from '@empire/model'
import { defineType } from '@empire/schema'
import { createFakeClaude, createFakeGemini, type FakeRequest } from '@empire/test-support'
import { describe, expect, it, onTestFinished } from 'vitest'
import * as z from 'zod'
import { temporaryFolder } from './temporary-folder.ts'

const [oldKey, newKey] = ['test-key-of-monday', 'test-key-of-tuesday']

/** An ISBN of ten digits, the last of which proves the others; with or without hyphens. */
const isbn = defineType('isbn', {
  base: z.string(),
  coerce: (input) => (typeof input === 'string' ? input.replaceAll('-', '') : input),
  check: (text) =>
    /^\d{9}[\dX]$/.test(text) &&
    [...text].reduce((sum, digit, index) => sum + (10 - index) * (digit === 'X' ? 10 : Number(digit)), 0) % 11 === 0,
  message: 'expected an ISBN whose check digit is right',
})

const Book = defineModel('Book', { title: z.string(), isbn: field(isbn, { alias: 'isbn_10' }) })

const mistaken = '{"title":"Gödel, Escher, Bach","isbn_10":"0-465-02656-6"}'
const right = '{"title":"Gödel, Escher, Bach","isbn_10":"0-465-02656-7"}'

/** What the vendors are told of it, besides what each adds. */
const form = {
  type: 'object',
  properties: { title: { type: 'string' }, isbn_10: { type: 'string' } },
  required: ['title', 'isbn_10'],
}

/** How a vendor's API is told the key and the form of the answer. */
interface Vendor {
  readonly createFake: typeof createFakeClaude | typeof createFakeGemini
  readonly createClient: (options: { apiKey: () => string; baseUrl: string }) => LanguageModel
  readonly keyOf: (request: FakeRequest) => string | undefined
  readonly formOf: (request: FakeRequest) => unknown
  readonly toolOf: (request: FakeRequest) => unknown
}

const vendors: Readonly<Record<string, Vendor>> = {
  claude: {
    createFake: createFakeClaude,
    createClient: (options) => createClaude({ model: 'claude-opus-5-5', ...options }),
    keyOf: ({ headers }) => headers['authorization']?.replace('Bearer ', ''),
    formOf: ({ json }) => (json as { output_config?: { format: { schema: unknown } } }).output_config?.format.schema,
    toolOf: ({ json }) => (json as { tools?: { input_schema: unknown }[] }).tools?.[0]?.input_schema,
  },
  gemini: {
    createFake: createFakeGemini,
    createClient: (options) => createGemini({ model: 'gemini-3-pro', ...options }),
    keyOf: ({ headers }) => headers['x-goog-api-key'],
    formOf: ({ json }) =>
      (json as { generationConfig?: { responseJsonSchema: unknown } }).generationConfig?.responseJsonSchema,
    toolOf: ({ json }) =>
      (json as { tools?: { functionDeclarations: { parametersJsonSchema: unknown }[] }[] }).tools?.[0]
        ?.functionDeclarations[0]?.parametersJsonSchema,
  },
}

const schema = z.strictObject({ llm: z.strictObject({ key: z.string().meta({ secret: true }) }) })

/** A file of settings with a key, and how it is changed while the program runs. */
async function settings() {
  const path = join(await temporaryFolder({ 'app.json': write(oldKey) }), 'app.json')
  const config = await createConfig({ schema, sources: [fileSource(path)] })
  onTestFinished(() => config.close())
  return {
    config,
    async change(key: string) {
      await writeFile(path, write(key))
      await config.reload()
    },
  }
}

function write(key: string): string {
  return JSON.stringify({ llm: { key } })
}

function ask(content: string) {
  return { messages: [{ role: 'user', content }], maxTokens: 100 } as const
}

async function textOf(parts: AsyncIterable<StreamPart>): Promise<string> {
  let text = ''
  for await (const part of parts) if (part.type === 'text-delta') text += part.text
  return text
}

describe.each(Object.entries(vendors))('the client of %s', (_, { createFake, createClient, keyOf, formOf, toolOf }) => {
  /** The client over a fake that takes one key at a time, as a vendor does once a key was revoked. */
  async function open(answer: (request: FakeRequest) => string) {
    const { config, change } = await settings()
    let accepted = oldKey
    const server = await createFake((request) =>
      keyOf(request) === accepted ? { text: answer(request) } : { fault: { type: 'status', status: 401 } },
    )
    onTestFinished(() => server.close())
    const client = createClient({ apiKey: () => config.get().llm.key, baseUrl: server.url })
    const cache = createCache<readonly StreamPart[]>()
    onTestFinished(() => cache.close())
    return {
      client,
      cached: withCache(client, { cache }),
      server,
      change,
      keys: () => server.requests.map(keyOf),
      accept(key: string) {
        accepted = key
      },
    }
  }

  it('uses a new key from the next call on', async () => {
    const { client, keys, accept, change } = await open(() => 'It rains.')
    expect((await client.generate(ask('Rain?'))).text).toBe('It rains.')
    const stream = client.stream(ask('And now?'))[Symbol.asyncIterator]()
    expect((await stream.next()).done).toBe(false)

    accept(newKey)
    await change(newKey)
    expect((await client.generate(ask('Rain?'))).text).toBe('It rains.')
    // What was under way goes on.
    let last: StreamPart | undefined
    for (let step = await stream.next(); step.done !== true; step = await stream.next()) last = step.value
    expect(last).toMatchObject({ type: 'finish', reason: 'stop' })
    expect(keys()).toEqual([oldKey, oldKey, newKey])
  })

  it('keeps no refusal of a revoked key, and shows no key', async () => {
    const { cached, keys, accept, change } = await open(() => 'It rains.')
    accept(newKey)
    const refusal = await cached.generate(ask('Rain?')).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ModelError)
    expect(refusal).toMatchObject({ code: 'authentication' })
    expect(JSON.stringify([refusal, String(refusal)])).not.toContain(oldKey)

    await change(newKey)
    expect((await cached.generate(ask('Rain?'))).text).toBe('It rains.')
    expect(keys()).toEqual([oldKey, newKey])
  })

  it('asks once for 1,000 callers, whole and streamed, and for none under another key', async () => {
    const { cached, keys, accept, change, server } = await open(({ index }) => `Answer ${index}.`)
    const callers = Array.from({ length: 1_000 }, async (__, index) =>
      index % 2 === 0 ? (await cached.generate(ask('Rain?'))).text : textOf(cached.stream(ask('Rain?'))),
    )
    expect(new Set(await Promise.all(callers))).toEqual(new Set(['Answer 0.']))
    expect(keys()).toEqual([oldKey])

    accept(newKey)
    await change(newKey)
    expect(await textOf(cached.stream(ask('Rain?')))).toBe('Answer 0.')
    expect((await cached.generate(ask('Snow?'))).text).toBe('Answer 1.')
    expect(keys()).toEqual([oldKey, newKey])
    await server.whenIdle()
    expect(server.openRequests).toBe(0)
  })

  it('gives 1,000 callers an instance of a model, in two calls where the first answer is mistaken', async () => {
    const { cached, server } = await open(({ index }) => (index === 0 ? mistaken : right))
    const results = await Promise.all(
      Array.from({ length: 1_000 }, () => generateObject(cached, ask('Which book?'), Book, { name: 'book' })),
    )
    for (const { value, attempts } of results) {
      expect([value, attempts, Object.isFrozen(value)]).toEqual([
        { title: 'Gödel, Escher, Bach', isbn: '0465026567' },
        2,
        true,
      ])
    }
    const [first, second, ...more] = server.requests
    expect(more).toEqual([])
    expect(formOf(first as FakeRequest)).toMatchObject(form)
    expect(JSON.stringify(second?.json)).toContain('isbn_10: expected an ISBN whose check digit is right')
  })

  it('takes a model as the input of a tool', async () => {
    const { client, server } = await open(() => 'No tool is needed.')
    await client.generate({ ...ask('Which book?'), tools: [{ name: 'find_book', input: Book }] })
    expect(toolOf(server.requests[0] as FakeRequest)).toMatchObject(form)
  })
})
