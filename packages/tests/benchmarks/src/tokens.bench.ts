import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { measure, median } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description = 'Token counts of o200k_base: ours, gpt-tokenizer, ai-tokenizer, js-tiktoken, tiktoken'

type Count = (text: string) => number

const require = createRequire(import.meta.url)

/** Each loads what it needs when called, so that a process pays for one candidate alone. */
const candidates: Record<string, () => Promise<Count>> = {
  '@empire/tokens-gpt': async () => {
    const { createGptCounter } = await import('@empire/tokens-gpt')
    return createGptCounter().count
  },
  'gpt-tokenizer': async () => {
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
    return (text) => countTokens(text)
  },
  'ai-tokenizer': async () => {
    const [{ Tokenizer }, encoding] = await Promise.all([
      import('ai-tokenizer'),
      import('ai-tokenizer/encoding/o200k_base'),
    ])
    const tokenizer = new Tokenizer(encoding)
    return (text) => tokenizer.count(text)
  },
  'js-tiktoken': async () => {
    const [{ Tiktoken }, ranks] = await Promise.all([
      import('js-tiktoken/lite'),
      import('js-tiktoken/ranks/o200k_base'),
    ])
    const tokenizer = new Tiktoken(ranks.default)
    return (text) => tokenizer.encode(text, [], []).length
  },
  'tiktoken (wasm)': async () => {
    const { get_encoding } = await import('tiktoken')
    const tokenizer = get_encoding('o200k_base')
    return (text) => tokenizer.encode_ordinary(text).length
  },
  '@empire/tokens-tiktoken': async () => {
    const { createTiktokenCounter } = await import('@empire/tokens-tiktoken')
    return createTiktokenCounter().count
  },
  '@empire/tokens (estimate)': async () => {
    const { createEstimator } = await import('@empire/tokens')
    return createEstimator().count
  },
}

const corpora: Record<string, (characters: number) => string> = { prose, code, CJK: cjk, JSON: json }

const hostile: Record<string, (characters: number) => string> = {
  'letter a': (characters) => 'a'.repeat(characters),
  spaces: (characters) => ' '.repeat(characters),
  CJK: (characters) => '字'.repeat(characters),
  emoji: (characters) => '😀'.repeat(characters / 2),
  'random letters': randomLetters,
}

interface Start {
  /** Milliseconds from the import to the first count of a few words. */
  load: number
  /** Megabytes that this left: on the heap, and with array buffers. */
  heap: number
  memory: number
  /** Milliseconds of the first count of a long text. */
  first: number
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const characters = quick ? 5_000 : 200_000
  const names = Object.keys(candidates)
  const tested = Object.keys(corpora).slice(0, quick ? 1 : undefined)
  const counters = new Map<string, Count>()
  for (const name of names) counters.set(name, await candidates[name]!())

  const throughput: Table = {
    title: `Throughput, MB/s of UTF-8, on ${characters.toLocaleString('en-US')} characters`,
    columns: ['counter', ...tested.flatMap((corpus) => [`${corpus} first`, `${corpus} warm`])],
    rows: names.map((name) => [name]),
    notes: ['First: the first text after loading, in processes of its own. Warm: the same text again and again.'],
  }
  const starts = new Map(names.map((name): [string, Start[]] => [name, []]))
  for (const corpus of tested) {
    const text = corpora[corpus]!(characters)
    const megabytes = Buffer.byteLength(text) / 1e6
    const first = new Map(names.map((name): [string, number[]] => [name, []]))
    for (let round = 0; round < (quick ? 1 : 7); round++) {
      for (const name of names) {
        const start = startInProcess(name, corpus, characters)
        starts.get(name)?.push(start)
        first.get(name)?.push(start.first)
      }
    }
    const warm = await measure(
      Object.fromEntries([...counters].map(([name, count]) => [name, () => count(text)])),
      quick ? { samples: 1, sampleTime: 1 } : { samples: 7 },
    )
    for (const [index, name] of names.entries()) {
      const times = [median(first.get(name)!), warm[index]!.median]
      throughput.rows[index]!.push(...times.map((time) => megabytes / (time / 1000)))
    }
  }
  return [throughput, hostileTexts(counters, quick), loading(starts), await cuts(quick)]
}

/** What is done with a text beside counting it, each as its library does it. */
async function cuts(quick: boolean): Promise<Table> {
  const characters = quick ? 5_000 : 1_000_000
  const [{ createGptCounter }, { fits, split, truncate }, peer] = await Promise.all([
    import('@empire/tokens-gpt'),
    import('@empire/tokens'),
    import('gpt-tokenizer/encoding/o200k_base'),
  ])
  const counter = createGptCounter()
  const text = code(characters)
  const tasks: Record<string, [ours: () => unknown, peers: () => unknown]> = {
    'fits 1,000 tokens': [() => fits(counter, text, 1000), () => peer.isWithinTokenLimit(text, 1000)],
    'the first 1,000 tokens': [
      () => truncate(counter, text, 1000),
      () => peer.decode(peer.encode(text).slice(0, 1000)),
    ],
    'pieces of 500 tokens': [
      () => split(counter, text, 500),
      () => {
        const tokens = peer.encode(text)
        return Array.from({ length: Math.ceil(tokens.length / 500) }, (_, index) =>
          peer.decode(tokens.slice(index * 500, (index + 1) * 500)),
        )
      },
    ],
  }
  const rows: Table['rows'] = []
  for (const [task, [ours, peers]] of Object.entries(tasks)) {
    const measured = await measure({ ours, peers }, quick ? { samples: 1, sampleTime: 1 } : { samples: 7 })
    rows.push([task, ...measured.map(({ median: time }) => time)])
  }
  return {
    title: `Cutting ${characters.toLocaleString('en-US')} characters of code, ms`,
    columns: ['task', '@empire/tokens with tokens-gpt', 'gpt-tokenizer'],
    rows,
    notes: [
      'The peer encodes, slices and decodes: it may cut a character in two, and its pieces may count more than the limit.',
    ],
  }
}

/** Grows until one call takes too long: what is quadratic would hold up the run for minutes. */
function hostileTexts(counters: Map<string, Count>, quick: boolean): Table {
  const limit = quick ? 20 : 400
  const largest = quick ? 10_000 : 100_000
  const rows = [...counters].map(([name, count]) => [
    name,
    ...Object.values(hostile).map((create) => {
      for (let size = largest / 5 ** 3; ; size *= 5) {
        const text = create(size)
        const elapsed = milliseconds(() => count(text))
        if (size >= largest) return `${elapsed.toFixed(0)} ms`
        if (elapsed > limit) return `${elapsed.toFixed(0)} ms at ${size.toLocaleString('en-US')}`
      }
    }),
  ])
  return {
    title: `Hostile texts of ${largest.toLocaleString('en-US')} characters`,
    columns: ['counter', ...Object.keys(hostile)],
    rows,
    notes: [`"at" marks the size at which a candidate took more than ${limit} ms and was stopped.`],
  }
}

function loading(starts: Map<string, Start[]>): Table {
  const measures = ['load', 'heap', 'memory'] as const
  return {
    title: 'Loading, up to the first count',
    columns: ['counter', 'time, ms', 'heap, MB', 'heap and buffers, MB'],
    rows: [...starts].map(([name, list]) => [
      name,
      ...measures.map((column) => median(list.map((start) => start[column]))),
    ]),
    notes: ['In processes of its own, after garbage collection, beside what an empty process takes.'],
  }
}

function startInProcess(name: string, corpus: string, characters: number): Start {
  const args = ['--expose-gc', import.meta.filename, name, corpus, String(characters)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }))
}

async function measureStart(name: string, corpus: string, characters: number): Promise<Start> {
  const text = corpora[corpus]!(characters)
  globalThis.gc?.()
  const before = process.memoryUsage()
  const started = performance.now()
  const count = await candidates[name]!()
  count('Hello, world')
  const load = performance.now() - started
  globalThis.gc?.()
  const after = process.memoryUsage()
  const heap = after.heapUsed - before.heapUsed
  const memory = heap + after.arrayBuffers - before.arrayBuffers
  return { load, heap: heap / 1e6, memory: memory / 1e6, first: milliseconds(() => count(text)) }
}

function milliseconds(task: () => void): number {
  const started = performance.now()
  task()
  return performance.now() - started
}

/** Sentences from the Markdown that the dependencies ship. */
function prose(characters: number): string {
  const files = globSync('node_modules/.pnpm/*/node_modules/**/*.md', { cwd: root }).toSorted()
  const seen = new Set<string>()
  let length = 0
  for (const file of files) {
    for (const line of readFileSync(new URL(file, root), 'utf8').split('\n')) {
      if (length >= characters) return [...seen].join('\n').slice(0, characters)
      if (!/^[A-Z][a-z]*(?: [A-Za-z,.;:'()-]+){8,}[.:]?$/.test(line) || seen.has(line)) continue
      seen.add(line)
      length += line.length + 1
    }
  }
  return fill([...seen].join('\n'), characters)
}

const root = new URL('../../../../', import.meta.url)

function code(characters: number): string {
  return fill(readFileSync(require.resolve('typescript/lib/typescript.js'), 'utf8').slice(100_000), characters)
}

/** The messages of a compiler in Chinese, Japanese and Korean. */
function cjk(characters: number): string {
  const messages = ['zh-cn', 'ja', 'ko'].map((locale): string[] =>
    Object.values(require(`typescript/lib/${locale}/diagnosticMessages.generated.json`)),
  )
  return fill(messages[0]!.flatMap((_, index) => messages.map((list) => list[index])).join('\n'), characters)
}

function json(characters: number): string {
  const random = createRandom(3)
  const records: string[] = []
  for (let id = 1000, length = 0; length < characters; length += records.at(-1)!.length, id++) {
    records.push(
      JSON.stringify(
        {
          id,
          sku: `${random(0xffffff).toString(16)}-${random(9999)}`,
          price: random(100_000) / 100,
          inStock: random(2) === 1,
          tags: ['red', 'small', 'on sale', 'returned', 'gift'].slice(random(5)),
          supplier: {
            name: `Supplier ${random(50)}`,
            country: ['DE', 'FR', 'JP', 'BR'][random(4)],
            rating: random(50) / 10,
          },
          updatedAt: new Date(1.7e12 + random(1e9) * 100).toISOString(),
        },
        undefined,
        id % 2 === 0 ? 2 : undefined,
      ),
    )
  }
  return `[${records.join(',')}`.slice(0, characters)
}

function randomLetters(characters: number): string {
  const random = createRandom(5)
  return Array.from({ length: characters }, () => String.fromCharCode(97 + random(26))).join('')
}

function fill(text: string, characters: number): string {
  return text.repeat(Math.ceil(characters / text.length)).slice(0, characters)
}

/** A linear congruential generator: the same texts in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

// The process that `startInProcess` starts.
if (import.meta.main) {
  const [name = '', corpus = '', characters = '0'] = process.argv.slice(2)
  console.log(JSON.stringify(await measureStart(name, corpus, Number(characters))))
}
