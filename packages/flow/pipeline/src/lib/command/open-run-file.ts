import { open } from 'node:fs/promises'
import { createJsonlStore, createSqliteStore, type RecordStore } from '@empire/record'
import { importSqlite } from '@empire/sqlite'
import { listAudit, readAudit } from '../audit/read-audit.ts'
import { createSqliteJournal } from '../create-sqlite-journal.ts'
import type { ExplainedRun } from '../explain/explained-run.ts'
import { JournalUnreadableError } from './journal-unreadable-error.ts'
import { UsageError } from './usage-error.ts'

/** A file with runs. */
export interface RunFile extends AsyncDisposable {
  /** Of an audit. */
  readonly store: RecordStore | undefined
  /** The runs, the latest first. */
  list(): AsyncIterable<ListedRun>
  read(runId: string): Promise<ExplainedRun | undefined>
}

/** A run in a list. */
export interface ListedRun {
  readonly runId: string
  readonly pipeline: string
  readonly at: number
  readonly status: string
}

const sqliteMagic = 'SQLite format 3\0'

/** Opens an audit or a journal, whichever it is. @throws {UsageError} When it is none of them. */
export async function openRunFile(path: string): Promise<RunFile> {
  const begin = await readBegin(path)
  if (begin === sqliteMagic) {
    const tables = await tablesOf(path)
    if (tables.has('runs') && tables.has('entries')) return journalFile(path)
    if (tables.has('steps') && tables.has('contents')) return auditFile(createSqliteStore({ path }))
    throw new UsageError(`${JSON.stringify(path)} is a database, and neither a journal nor an audit.`)
  }
  if (begin === '' || begin.startsWith('{"contents":')) return auditFile(createJsonlStore({ path }))
  throw new UsageError(`${JSON.stringify(path)} is neither an audit nor a journal.`)
}

async function readBegin(path: string): Promise<string> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sqliteMagic.length), 0, sqliteMagic.length, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UsageError(`There is no file ${JSON.stringify(path)}.`, { cause: error })
    throw new UsageError(`${JSON.stringify(path)} cannot be read: ${code ?? message}.`, { cause: error })
  }
}

async function tablesOf(path: string): Promise<ReadonlySet<unknown>> {
  const { DatabaseSync } = await importSqlite()
  try {
    using database = new DatabaseSync(path, { readOnly: true })
    const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    return new Set(rows.map(({ name }) => name))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${JSON.stringify(path)} cannot be read: ${message}.`, { cause: error })
  }
}

function auditFile(store: RecordStore): RunFile {
  return {
    store,
    async *list() {
      yield* await listAudit(store)
    },
    read: (runId) => readAudit(store, runId),
    async [Symbol.asyncDispose]() {
      await store.close()
    },
  }
}

function journalFile(path: string): RunFile {
  const journal = createSqliteJournal({ path })
  return {
    store: undefined,
    async *list() {
      try {
        yield* journal.list()
      } catch (error) {
        throw new JournalUnreadableError(path, error)
      }
    },
    async read(runId) {
      try {
        return await journal.read(runId)
      } catch (error) {
        throw new JournalUnreadableError(path, error)
      }
    },
    async [Symbol.asyncDispose]() {
      await journal.close()
    },
  }
}
