import { mkdir, open, realpath, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { importSqlite } from '@empire/sqlite'
import { EmpireError } from '@empire/errors'
import { UsageError } from './usage-error.ts'

/** Another process is at work on the index. */
export class IndexBusyError extends EmpireError<'index_busy'> {
  constructor(path: string) {
    super('index_busy', `Another rag writes to ${path}. Run this again when it is done.`, { details: { path } })
  }
}

/**
 * Does what only one at a time may do to an index file. The lock is one of the operating system on a file beside it: it ends with
 * the process, however that ends, and the file that is left then does no harm.
 *
 * @throws IndexBusyError if another process has it; UsageError if the folder cannot be written to.
 */
export async function whileLocked<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await lockIndex(path)
  try {
    return await work()
  } finally {
    await lock[Symbol.asyncDispose]()
  }
}

async function lockIndex(path: string): Promise<AsyncDisposable> {
  const { DatabaseSync } = await importSqlite()
  const file = `${await realpath(path).catch(() => path)}.lock`
  // Who waits for nothing may still find a file that the one before is just taking away.
  for (;;) {
    const before = await makeFile(path, file)
    const database = new DatabaseSync(file, { timeout: 0 })
    try {
      // Nothing is ever written to it: an empty file is an empty database, and needs no file for a journal.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    } catch (error) {
      database.close()
      if ((error as { errcode?: number }).errcode === 5) throw new IndexBusyError(path)
      throw unlockable(path, error)
    }
    if ((await inodeOf(file)) === before) {
      return {
        async [Symbol.asyncDispose]() {
          await rm(file, { force: true }).catch(() => {})
          database.close()
        },
      }
    }
    database.close()
  }
}

async function makeFile(path: string, file: string): Promise<bigint | undefined> {
  try {
    await mkdir(dirname(resolve(file)), { recursive: true })
    await (await open(file, 'a', 0o600)).close()
  } catch (error) {
    throw unlockable(path, error)
  }
  return inodeOf(file)
}

async function inodeOf(file: string): Promise<bigint | undefined> {
  return stat(file, { bigint: true }).then(
    ({ ino }) => ino,
    () => undefined,
  )
}

function unlockable(path: string, cause: unknown): UsageError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new UsageError(`The index ${path} cannot be locked: ${reason}.`, { cause })
}
