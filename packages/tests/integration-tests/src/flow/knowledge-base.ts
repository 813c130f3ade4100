import {
  createSqliteDeadLetters,
  createSqliteState,
  type DeadLetterStore,
  type IngestState,
  searchSink,
  type Sink,
} from '@empire/ingest'
import { createIndex, type SearchIndex } from '@empire/search'
import { openSqliteIndex } from '@empire/search-sqlite'

const fields = {
  document: { type: 'keyword' },
  path: { type: 'keyword' },
  title: { type: 'text', weight: 2 },
  headings: { type: 'text', weight: 2 },
  text: { type: 'text' },
} as const

type Fields = typeof fields

/** What ingestion fills and a search asks. */
export interface KnowledgeBase {
  readonly index: SearchIndex<Fields>
  readonly sink: Sink
  readonly state: IngestState
  readonly deadLetters: DeadLetterStore
  close(): Promise<void>
}

/** Where the index of a base is. */
export interface KnowledgeBaseOptions {
  /** Default: `sqlite`. */
  readonly engine?: 'sqlite' | 'memory' | undefined
  /** The file of one in SQLite. Default: that of the state. */
  readonly indexPath?: string | undefined
}

/** A base whose state and dead letters are in the file at `path`. */
export async function openKnowledgeBase(path: string, options: KnowledgeBaseOptions = {}): Promise<KnowledgeBase> {
  const { engine = 'sqlite', indexPath = path } = options
  const index: SearchIndex<Fields> =
    engine === 'sqlite' ? await openSqliteIndex(indexPath, { fields }) : createIndex({ fields })
  const state = createSqliteState({ path })
  const deadLetters = createSqliteDeadLetters({ path })
  return {
    index,
    sink: searchSink(index),
    state,
    deadLetters,
    async close() {
      await deadLetters.close()
      await state.close()
      await index.close()
    },
  }
}
