import { createCache } from '@empire/cache'
import {
  createBudget,
  defineModel,
  type LanguageModel,
  type StreamPart,
  withBreaker,
  withCache,
  withCassette,
  withCost,
  withFallback,
  withRateLimit,
  withRecord,
  withRetry,
  withTelemetry,
  withTimeout,
} from '@empire/llm'
import { createPrices } from '@empire/llm/prices'
import { createRunRecorder, type RecordStore } from '@empire/record'
import { measure } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description = 'What each wrapper of a model adds to a call, and all of them together.'

const minute = 60_000

const usage = { input: 20, cacheRead: 0, cacheWrite: 0, output: 8, reasoning: 0 }
const answer: readonly StreamPart[] = [
  { type: 'text-start' },
  ...['The', ' capital', ' of', ' France', ' is', ' Paris', '.'].map((text) => ({ type: 'text-delta', text }) as const),
  { type: 'text-end' },
  { type: 'usage', usage },
  { type: 'finish', reason: 'stop' },
]

const model = defineModel({
  id: 'bench',
  maxOutputTokens: 1000,
  async *stream() {
    yield* answer
  },
})

const prices = createPrices({ models: { bench: { input: 1, output: 1 } } })

/** Takes steps and keeps none: what a disk adds is no cost of a wrapper. */
const store: RecordStore = {
  append({ textAfter }) {
    textAfter(null)
  },
  read: () => [],
  close() {},
}

const wrappers: Readonly<Record<string, (inner: LanguageModel) => LanguageModel>> = {
  withTimeout: (inner) => withTimeout(inner, { connect: minute, firstContent: minute, betweenParts: minute }),
  withRetry: (inner) => withRetry(inner),
  withBreaker: (inner) => withBreaker(inner),
  withRateLimit: (inner) => withRateLimit(inner, { concurrency: 100, tokens: { limit: 1e15, interval: 1 } }),
  withFallback: (inner) => withFallback([inner, model]),
  withCost: (inner) => withCost(inner, { prices, budget: createBudget({ limit: Number.MAX_SAFE_INTEGER }) }),
  withTelemetry: (inner) => withTelemetry(inner),
  'withCache, each request new': (inner) =>
    withCache(inner, { cache: createCache<readonly StreamPart[]>({ memory: { entries: 1000 } }) }),
  'withRecord, without its store': (inner) => withRecord(inner, { recorder: createRunRecorder({ store }) }),
  'withCassette, without its store': (inner) => withCassette(inner, { store, mode: 'record' }),
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const options = { samples: quick ? 3 : 31 }
  return [
    await table(
      'Streams of 12 parts',
      (asked) => async () => {
        for await (const _ of asked.stream(request()));
      },
      options,
    ),
    await table('The whole at once', (asked) => () => asked.generate(request()), options),
  ]
}

let calls = 0

/** A question of 200 characters, another one each time. */
function request() {
  const content = `Question ${calls++}: ${'What is the capital of France, and what of Norway? '.repeat(4)}`
  return { messages: [{ role: 'user', content } as const] }
}

async function table(
  title: string,
  ask: (asked: LanguageModel) => () => Promise<unknown>,
  options: { readonly samples: number },
): Promise<Table> {
  const unrecorded = Object.entries(wrappers).filter(([name]) => !name.includes('store'))
  const candidates = {
    'the model alone': ask(model),
    ...Object.fromEntries(Object.entries(wrappers).map(([name, wrap]) => [name, ask(wrap(model))])),
    'all but the record and the cassette': ask(unrecorded.reduce((inner, [, wrap]) => wrap(inner), model)),
    'all together': ask(Object.values(wrappers).reduce((inner, wrap) => wrap(inner), model)),
  }
  const measured = await measure(candidates, options)
  const bare = measured[0]?.median ?? 0
  return {
    title: `${title}, µs per call`,
    columns: ['', 'median', 'best', 'added'],
    rows: measured.map(({ name, median, fastest }) => [name, median * 1000, fastest * 1000, (median - bare) * 1000]),
  }
}
