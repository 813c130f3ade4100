import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createIndex } from '@empire/search'
import type { CorpusDocument } from './corpus.ts'
import { createLatentEmbedder } from './latent-embedder.ts'
import { type Searcher, searchEngines } from './search-engines.ts'
import type { Table } from './table.ts'

export const description = 'Ranking of embedded search, by words and hybrid: nDCG@10 on a collection with judgements.'

const title = 'Ranking, nDCG@10'
const depth = 10

export async function run({ data }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  if (data === undefined) return [{ title, columns: ['engine', 'nDCG@10', '× ours'], rows: [], notes: [howTo] }]
  const collection = readCollection(data)
  const scores: number[] = []
  for (const engine of searchEngines) scores.push(await evaluate(await engine.build(collection.documents), collection))
  const hybrids = await evaluateHybrids(collection, scores[0] as number)
  return [
    hybrids,
    {
      title,
      columns: ['engine', 'nDCG@10', '× ours'],
      rows: searchEngines.map(({ name }, at) => [
        name,
        scores[at] as number,
        (scores[at] as number) / (scores[0] as number),
      ]),
      notes: [
        `${collection.documents.length} documents, ${collection.queries.length} judged queries. Title counts twice; nothing else is set.`,
      ],
    },
  ]
}

/** Words alone, vectors alone, and both fused, with vectors made from the collection itself. */
async function evaluateHybrids(collection: Collection, lexical: number): Promise<Table> {
  const embedder = createLatentEmbedder(collection.documents.map(({ title: heading, text }) => `${heading} ${text}`))
  const fields = {
    title: { type: 'text', weight: 2 },
    text: { type: 'text' },
    vector: { type: 'vector', dimensions: embedder.dimensions, from: ['title', 'text'] },
  } as const
  const index = createIndex({ fields, embedder })
  await index.add(collection.documents)
  const vectors = await evaluate(async (text) => {
    const { hits } = await index.search({ query: nearest(text), limit: depth })
    return hits.map(({ id }) => id)
  }, collection)
  const fused = await evaluate(async (match) => {
    const parts = [{ query: { match }, weight: 2 }, { query: nearest(match) }] as const
    const { hits } = await index.search({ query: { hybrid: parts, rankConstant: 20 }, limit: depth })
    return hits.map(({ id }) => id)
  }, collection)
  return {
    title: 'Hybrid ranking, nDCG@10',
    columns: ['query', 'nDCG@10', '× words'],
    rows: [
      ['words', lexical, 1],
      ['vectors', vectors, vectors / lexical],
      ['hybrid, words 2 : vectors 1', fused, fused / lexical],
    ],
    notes: [
      `Vectors are latent semantic ones of ${embedder.dimensions} dimensions, made from the documents without their judgements.`,
    ],
  }
}

function nearest(text: string): { nearest: { field: 'vector'; text: string; k: number } } {
  return { nearest: { field: 'vector', text, k: 100 } }
}

const howTo = 'Give a folder in BEIR layout with --data: corpus.jsonl, queries.jsonl, and qrels.tsv or qrels/test.tsv.'

interface Query {
  readonly text: string
  /** How relevant a document is, by id. */
  readonly gains: ReadonlyMap<string, number>
}

interface Collection {
  readonly documents: readonly CorpusDocument[]
  readonly queries: readonly Query[]
}

function readCollection(folder: string): Collection {
  const judgements = readJudgements(folder)
  const documents = readLines(join(folder, 'corpus.jsonl')).map((line) => {
    const { _id: id, title: heading = '', text } = JSON.parse(line) as { _id: string; title?: string; text: string }
    return { id, title: heading, text }
  })
  const queries = readLines(join(folder, 'queries.jsonl')).flatMap((line) => {
    const { _id: id, text } = JSON.parse(line) as { _id: string; text: string }
    const gains = judgements.get(id)
    return gains === undefined ? [] : [{ text, gains }]
  })
  return { documents, queries }
}

function readJudgements(folder: string): Map<string, Map<string, number>> {
  const path = [join(folder, 'qrels.tsv'), join(folder, 'qrels', 'test.tsv')].find((file) => existsSync(file))
  if (path === undefined) throw new Error(`No judgements in "${folder}". ${howTo}`)
  const judgements = new Map<string, Map<string, number>>()
  for (const line of readLines(path).slice(1)) {
    const [query = '', document = '', gain] = line.split('\t')
    if (Number(gain) <= 0) continue
    const gains = judgements.get(query) ?? new Map<string, number>()
    judgements.set(query, gains.set(document, Number(gain)))
  }
  return judgements
}

function readLines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

/** The mean over all queries. */
async function evaluate(search: Searcher, { queries }: Collection): Promise<number> {
  let sum = 0
  for (const { text, gains } of queries) {
    const found = await search(text, depth)
    const best = [...gains.values()].toSorted((left, right) => right - left).slice(0, depth)
    sum += discounted(found.map((id) => gains.get(id) ?? 0)) / discounted(best)
  }
  return sum / queries.length
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0)
}
