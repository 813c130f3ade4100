import { EmpireError } from '@empire/errors'
import type { EmbeddingModel } from '@empire/llm'
import {
  createSqliteDeadLetters,
  createSqliteState,
  type DeadLetterStore,
  type IngestState,
  searchSink,
  type Sink,
} from '@empire/ingest'
import type { SearchHit, SearchIndex } from '@empire/search'
import { openSqliteIndex } from '@empire/search-sqlite'
import { isWritable } from '@empire/sqlite'
import type { IndexEmbedder } from './index-embedder.ts'
import { readEmbedder } from './embedder-table.ts'
import { expectIndex } from './expect-index.ts'
import { openSourceTable, type SourceTable } from './source-table.ts'
import { type StoredFields, storeChunk, storedFields } from './stored-chunk.ts'
import { UsageError } from './usage-error.ts'

/** All that `rag` keeps of documents, in one SQLite file. */
export interface IndexFile extends AsyncDisposable {
  readonly index: SearchIndex<StoredFields>
  readonly sink: Sink
  readonly state: IngestState
  readonly deadLetters: DeadLetterStore
  readonly sources: SourceTable
  /** What made the vectors; `undefined` for an index of words alone. */
  readonly embedder: string | undefined
  /** The best chunks for a question, by words, and by vectors where there are some. */
  search(question: string, limit: number, signal: AbortSignal | undefined): Promise<readonly SearchHit<StoredFields>[]>
}

/** How an index file is opened. */
export interface IndexFileOptions {
  /** Whether one that is not there is made. Default: `false`. */
  readonly create?: boolean
  /** What makes vectors. Default: none, so that nothing can be written to an index that has some, or asked of it. */
  readonly embedder?: IndexEmbedder | undefined
}

/**
 * Opens an index file, which can be asked also where it may not be written to. Dispose of it when it is not needed any more.
 *
 * @throws UsageError when there is none, it is a database of something else, or it cannot be opened; SearchError when it is damaged.
 */
export async function openIndexFile(
  path: string,
  { create = false, embedder }: IndexFileOptions = {},
): Promise<IndexFile> {
  await expectIndex(path, { create })
  const stored = embedder ?? (await readEmbedder(path))
  const readOnly = !create && !(await isWritable(path))
  const index = await openIndex(path, { dimensions: stored?.dimensions, embedder: embedder?.model, readOnly })
  try {
    const sources = await openSourceTable(path, { readOnly })
    const [state, deadLetters] = [createSqliteState({ path, readOnly }), createSqliteDeadLetters({ path, readOnly })]
    return {
      index,
      sink: searchSink(index, { toEntry: storeChunk }),
      state,
      deadLetters,
      sources,
      embedder: stored?.name,
      async search(question, limit, signal) {
        const words = { query: { match: question } } as const
        const vectors = { query: { nearest: { field: 'vector', text: question } } } as const
        const query = stored === undefined ? question : { hybrid: [words, vectors] }
        return (await index.search({ query, limit, fields: ['text', 'place'] }, { signal })).hits
      },
      async [Symbol.asyncDispose]() {
        sources.close()
        await Promise.all([state.close(), deadLetters.close()])
        await index.close()
      },
    }
  } catch (error) {
    await index.close()
    throw error
  }
}

async function openIndex(
  path: string,
  {
    dimensions,
    ...options
  }: { dimensions: number | undefined; embedder: EmbeddingModel | undefined; readOnly: boolean },
): Promise<SearchIndex<StoredFields>> {
  try {
    return await openSqliteIndex(path, { fields: storedFields(dimensions), ...options })
  } catch (cause) {
    if (EmpireError.isInstance(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`The index ${path} cannot be opened: ${reason}.`, { cause })
  }
}
