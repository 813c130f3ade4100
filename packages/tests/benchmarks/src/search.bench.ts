import { median } from '@empire/test-support/measure'
import { createCorpus, createQueries, type CorpusDocument } from './corpus.ts'
import { type Searcher, type SearchEngine, searchEngines } from './search-engines.ts'
import type { Table } from './table.ts'

export const description = 'Embedded full-text search: index time, query time and heap over 20,000 documents.'

/** Words per query. */
const lengths = [3, 10]

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const documents = createCorpus(quick ? 200 : 20_000)
  const built = await buildAll(documents, quick ? 1 : 3)
  const queries: number[][][] = []
  for (const length of lengths) queries.push(await queryAll(built, length, quick ? 20 : 100, quick ? 1 : 10))
  return [indexTable(documents, built), ...queries.map((times, at) => queryTable(lengths[at] as number, built, times))]
}

interface Built {
  readonly engine: SearchEngine
  readonly search: Searcher
  /** Milliseconds. */
  readonly times: number[]
  readonly megabytes: number
}

/** Builds in rounds, so that what slows the machine for a while slows all; a slow engine is built once. */
async function buildAll(documents: readonly CorpusDocument[], rounds: number): Promise<Built[]> {
  const built: Built[] = []
  for (const engine of searchEngines) {
    const before = usedMegabytes()
    const start = performance.now()
    const search = await engine.build(documents)
    const times = [performance.now() - start]
    const megabytes = engine.isInHeap ? usedMegabytes() - before : Number.NaN
    built.push({ engine, search, times, megabytes })
  }
  for (let round = 1; round < rounds; round++) {
    for (const { engine, times } of built) {
      if ((times[0] as number) > 6000) continue
      const start = performance.now()
      await engine.build(documents)
      times.push(performance.now() - start)
    }
  }
  return built
}

/** Of each engine the milliseconds per query, taken in turns; a slow engine answers fewer queries a turn. */
async function queryAll(built: readonly Built[], length: number, perTurn: number, turns: number): Promise<number[][]> {
  const times = built.map((): number[] => [])
  for (const { search } of built) await timeQueries(search, createQueries(perTurn, length, 0))
  for (let turn = 1; turn <= turns; turn++) {
    const queries = createQueries(perTurn, length, turn)
    for (const [at, { search }] of built.entries()) times[at]?.push(...(await timeQueries(search, queries)))
  }
  return times
}

async function timeQueries(search: Searcher, queries: readonly string[]): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + 1000
  for (const query of queries) {
    const start = performance.now()
    if (start > end) break
    await search(query, 10)
    times.push(performance.now() - start)
  }
  return times
}

function indexTable(documents: readonly CorpusDocument[], built: readonly Built[]): Table {
  const bytes = documents.reduce((sum, { title, text }) => sum + title.length + text.length, 0)
  const ours = built[0] as Built
  return {
    title: `Index of ${documents.length.toLocaleString('en-US')} documents, ${(bytes / 1e6).toFixed(1)} MB`,
    columns: ['', 'index, s', '× ours', 'heap, MB', '× ours'],
    rows: built.map(({ engine, times, megabytes }) => [
      engine.name,
      median(times) / 1000,
      median(times) / median(ours.times),
      megabytes,
      megabytes / ours.megabytes,
    ]),
    notes: [
      'Heap is what an index holds beside the texts, which stay in memory. SQLite holds its own outside the heap.',
    ],
  }
}

function queryTable(length: number, built: readonly Built[], times: readonly number[][]): Table {
  const ours = times[0] as number[]
  return {
    title: `Query of ${length} words`,
    columns: ['', 'p50, ms', '× ours', 'p99, ms', '× ours'],
    rows: built.map(({ engine }, at) => {
      const own = times[at] as number[]
      return [
        engine.name,
        median(own),
        median(own) / median(ours),
        percentile(own, 0.99),
        percentile(own, 0.99) / percentile(ours, 0.99),
      ]
    }),
  }
}

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((left, right) => left - right)[Math.ceil(times.length * share) - 1] ?? Number.NaN
}

function usedMegabytes(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
