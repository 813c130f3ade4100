import { describe, expect, it } from 'vitest'
import { defineModel } from './define-model.ts'
import type { LanguageModel } from './language-model.ts'
import { modelCases } from './model-cases.ts'
import type { StreamPart } from './stream-part.ts'

const start: StreamPart = { type: 'text-start' }
const delta: StreamPart = { type: 'text-delta', text: 'Paris.' }
const end: StreamPart = { type: 'text-end' }
const usage: StreamPart = { type: 'usage', usage: { input: 7, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 } }
const finish: StreamPart = { type: 'finish', reason: 'stop' }
const answer = [start, delta, end, usage, finish]

/** A model that streams the given parts, every time. */
function scripted(parts: readonly StreamPart[]): LanguageModel {
  return defineModel({
    id: 'scripted',
    async *stream() {
      yield* parts
    },
  })
}

/** The names of the promises that a model breaks. */
async function broken(model: LanguageModel): Promise<string[]> {
  const names: string[] = []
  for (const { name, run } of modelCases(() => model)) await run().catch(() => names.push(name))
  return names
}

describe('modelCases', () => {
  it.each(modelCases(() => scripted(answer)))('a good model $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('has a name of its own for each case', () => {
    const names = modelCases(() => scripted(answer)).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each([
    ['a delta before the start', [delta, start, end, usage, finish]],
    ['a text without an end', [start, delta, usage, finish]],
    ['a text inside a text', [start, start, delta, end, usage, finish]],
    ['an end without a start', [start, delta, end, end, usage, finish]],
    ['no text', [usage, finish]],
    ['usage after the finish', [start, delta, end, finish, usage]],
    ['two finishes', [start, delta, end, usage, finish, finish]],
    ['no usage', [start, delta, end, finish]],
    ['no finish', [start, delta, end, usage]],
    ['a delta without a text', [start, { type: 'text-delta' } as StreamPart, delta, end, usage, finish]],
  ])('refuses a stream with %s', async (_, parts) => {
    expect(await broken(scripted(parts))).toContain('streams its parts in order')
  })

  it('refuses usage that cannot be added up', async () => {
    const bad: StreamPart = { ...usage, usage: { ...usage.usage, output: Number.NaN } }
    expect(await broken(scripted([start, delta, end, bad, finish]))).toEqual([
      'counts usage in disjoint numbers from 0 upwards',
    ])
  })

  it('refuses usage that cannot be added up, also before the last', async () => {
    const bad: StreamPart = { ...usage, usage: { ...usage.usage, input: -1 } }
    expect(await broken(scripted([start, bad, delta, end, usage, finish]))).toEqual([
      'counts usage in disjoint numbers from 0 upwards',
    ])
  })

  it.each([
    { ...finish, reason: 'end_turn' },
    { ...finish, vendorReason: 3 },
  ])('refuses the end %j', async (bad) => {
    expect(await broken(scripted([start, delta, end, usage, bad as StreamPart]))).toEqual(['says how an answer ended'])
  })

  it.each([{ maxOutputTokens: 0 }, { vendor: '' }, { capabilities: { tools: 'yes' } }])(
    'refuses a model with %j',
    async (facts) => {
      const model = { ...scripted(answer), ...(facts as object) }
      expect(await broken(model)).toEqual(['says of itself what can be true'])
    },
  )

  it('refuses a stream that does not hear its signal while it waits for a part', async () => {
    const model = scripted(answer)
    const deaf: LanguageModel = {
      ...model,
      async *stream(request, options) {
        options?.signal?.throwIfAborted()
        for await (const part of model.stream(request)) {
          yield part
          options?.signal?.throwIfAborted()
        }
      },
    }
    expect(await broken(deaf)).toEqual(['throws the reason of a signal that is aborted while it waits'])
  })

  it('refuses a model that generates something else than it streams', async () => {
    const model: LanguageModel = {
      ...scripted(answer),
      generate: scripted([start, { ...delta, text: 'Lyon.' }, end, usage, finish]).generate,
    }
    expect(await broken(model)).toEqual(['generates what it streams'])
  })

  it('refuses a model that never looks at the signal or the request', async () => {
    const careless: LanguageModel = {
      id: '',
      stream: () => scripted(answer).stream({ messages: [{ role: 'user', content: 'Capital of France?' }] }),
      generate: (request) => scripted(answer).generate({ ...request, messages: [{ role: 'user', content: '?' }] }),
    }
    expect(await broken(careless)).toMatchInlineSnapshot(`
      [
        "has an id",
        "throws the reason of a signal that is aborted before the call",
        "throws the reason of a signal that is aborted in the middle",
        "throws the reason of a signal that is aborted behind any part",
        "throws the reason of a signal that is aborted while it waits",
        "refuses a request with no messages",
        "refuses a request with messages left out",
        "refuses a request with a message that is null",
        "refuses a request with an unknown role",
        "refuses a request with a content that is no text",
        "refuses a request with a temperature that is no number",
        "refuses a request with a temperature below 0",
        "refuses a request with a limit of 0 tokens",
        "refuses a request with a limit of 1.5 tokens",
        "refuses a request with a stop sequence instead of a list",
        "refuses a request with an empty stop sequence",
        "refuses a request with a parameter that does not exist",
        "refuses a request with a tool with a name that no vendor takes",
        "refuses a request with a tool without the form of its arguments",
        "refuses a request with a choice of no tool",
        "refuses a request with a form of the answer that is no schema",
        "refuses a request with a share of probability above 1",
        "refuses a request with a negative budget of reasoning",
      ]
    `)
  })

  it('refuses a model that changes the request', async () => {
    const model = scripted(answer)
    const meddling: LanguageModel = {
      ...model,
      stream(request, options) {
        Object.assign(request, { temperature: 1 })
        return model.stream(request, options)
      },
    }
    expect(await broken(meddling)).toContain('does not change the request')
  })

  it('refuses a model that leaves a listener on the signal', async () => {
    const model = scripted(answer)
    const leaky: LanguageModel = {
      ...model,
      stream(request, options) {
        options?.signal?.addEventListener('abort', () => {})
        return model.stream(request, options)
      },
    }
    expect(await broken(leaky)).toEqual(['leaves no listener on the signal'])
  })

  it('refuses a model that mixes up concurrent calls', async () => {
    let shared: StreamPart[] = []
    const mixing = defineModel({
      id: 'mixing',
      async *stream() {
        shared = [...answer]
        for (let part = shared.shift(); part !== undefined; part = shared.shift()) yield part
      },
    })
    expect(await broken(mixing)).toEqual(['keeps concurrent calls apart'])
  })
})
