import { access } from 'node:fs/promises'
import { EmpireError } from '@empire/errors'
import {
  createSqliteDeadLetters,
  createSqliteState,
  type DeadLetterStore,
  type IngestState,
  searchSink,
  type Sink,
} from '@empire/ingest'
import type { SearchIndex } from '@empire/search'
import { openSqliteIndex } from '@empire/search-sqlite'
import { openSourceTable, type SourceTable } from './source-table.ts'
import { chunkFields, storeChunk } from './stored-chunk.ts'
import { UsageError } from './usage-error.ts'

/** All that `rag` keeps of documents, in one SQLite file. */
export interface IndexFile extends AsyncDisposable {
  readonly index: SearchIndex<typeof chunkFields>
  readonly sink: Sink
  readonly state: IngestState
  readonly deadLetters: DeadLetterStore
  readonly sources: SourceTable
}

/**
 * Opens an index file. Dispose of it when it is not needed any more.
 *
 * @param options.create Whether one that is not there is made. Default: `false`.
 * @throws UsageError when there is none, or it cannot be opened; SearchError when it is something else.
 */
export async function openIndexFile(path: string, { create = false } = {}): Promise<IndexFile> {
  if (!create) await requireFile(path)
  const index = await openIndex(path)
  try {
    const sources = await openSourceTable(path)
    const [state, deadLetters] = [createSqliteState({ path }), createSqliteDeadLetters({ path })]
    return {
      index,
      sink: searchSink(index, { toEntry: storeChunk }),
      state,
      deadLetters,
      sources,
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

async function requireFile(path: string): Promise<void> {
  try {
    await access(path)
  } catch (cause) {
    throw new UsageError(`There is no index ${path}. Make it with: rag ingest ./docs --index ${path}`, { cause })
  }
}

async function openIndex(path: string): Promise<SearchIndex<typeof chunkFields>> {
  try {
    return await openSqliteIndex(path, { fields: chunkFields })
  } catch (cause) {
    if (EmpireError.isInstance(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`The index ${path} cannot be opened: ${reason}.`, { cause })
  }
}
