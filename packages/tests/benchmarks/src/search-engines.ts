import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createIndex } from '@empire/search'
import { openSqliteIndex } from '@empire/search-sqlite'
import { create, insertMultiple, search } from '@orama/orama'
import lunr from 'lunr'
import MiniSearch from 'minisearch'
import type { CorpusDocument } from './corpus.ts'

/** The ids of the best documents for a query. */
export type Searcher = (query: string, limit: number) => string[] | Promise<string[]>

export interface SearchEngine {
  readonly name: string
  /** Whether what it holds is in the JavaScript heap, where it can be measured. */
  readonly isInHeap: boolean
  /** An index of title, counted twice, and text; a document matches when it has one of the words. */
  build(documents: readonly CorpusDocument[]): Searcher | Promise<Searcher>
}

/** Ours first, then its peers, each as its documentation says. */
export const searchEngines: readonly SearchEngine[] = [
  { name: '@empire/search', isInHeap: true, build: buildOurs },
  { name: '@empire/search-sqlite', isInHeap: false, build: buildOursInFile },
  { name: 'MiniSearch', isInHeap: true, build: buildMiniSearch },
  { name: 'Orama', isInHeap: true, build: buildOrama },
  { name: 'lunr', isInHeap: true, build: buildLunr },
  { name: 'SQLite FTS5', isInHeap: false, build: buildFts5 },
]

async function buildOurs(documents: readonly CorpusDocument[]): Promise<Searcher> {
  const index = createIndex({ fields: { title: { type: 'text', weight: 2 }, text: { type: 'text' } } })
  await index.add(documents)
  return async (query, limit) => {
    const { hits } = await index.search({ query, limit })
    return hits.map((hit) => hit.id)
  }
}

/** In a file, as it is meant to be; the peer's database is in memory. */
async function buildOursInFile(documents: readonly CorpusDocument[]): Promise<Searcher> {
  const folder = mkdtempSync(join(tmpdir(), 'search-sqlite-'))
  process.once('exit', () => rmSync(folder, { recursive: true }))
  const index = await openSqliteIndex(join(folder, 'index.db'), {
    fields: { title: { type: 'text', weight: 2 }, text: { type: 'text' } },
  })
  await index.add(documents)
  return async (query, limit) => {
    const { hits } = await index.search({ query, limit })
    return hits.map((hit) => hit.id)
  }
}

function buildMiniSearch(documents: readonly CorpusDocument[]): Searcher {
  const index = new MiniSearch<CorpusDocument>({
    fields: ['title', 'text'],
    searchOptions: { boost: { title: 2 } },
  })
  index.addAll(documents)
  return (query, limit) =>
    index
      .search(query)
      .slice(0, limit)
      .map((hit) => String(hit.id))
}

async function buildOrama(documents: readonly CorpusDocument[]): Promise<Searcher> {
  const index = create({ schema: { title: 'string', text: 'string' } as const })
  await insertMultiple(index, [...documents], 1000)
  return async (term, limit) => {
    const found = await search(index, { term, limit, boost: { title: 2 } })
    return found.hits.map((hit) => String(hit.id))
  }
}

function buildLunr(documents: readonly CorpusDocument[]): Searcher {
  const index = lunr((builder) => {
    builder.ref('id')
    builder.field('title', { boost: 2 })
    builder.field('text')
    for (const document of documents) builder.add(document)
  })
  return (text, limit) => {
    const tokens = lunr.tokenizer(text)
    return index
      .query((query) => {
        query.term(tokens, {})
      })
      .slice(0, limit)
      .map((hit) => hit.ref)
  }
}

function buildFts5(documents: readonly CorpusDocument[]): Searcher {
  const database = new DatabaseSync(':memory:')
  database.exec(`CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, title, text, tokenize = 'porter unicode61')`)
  const insert = database.prepare('INSERT INTO documents VALUES (?, ?, ?)')
  database.exec('BEGIN')
  for (const { id, title, text } of documents) insert.run(id, title, text)
  database.exec('COMMIT')
  const select = database.prepare(
    'SELECT id FROM documents WHERE documents MATCH ? ORDER BY bm25(documents, 0, 2, 1) LIMIT ?',
  )
  return (query, limit) => {
    const words = query.match(/[\p{L}\p{N}]+/gu) ?? []
    if (words.length === 0) return []
    return select.all(words.map((word) => `"${word}"`).join(' OR '), limit).map((row) => String(row.id))
  }
}
