import { SearchError } from '@empire/search'

/** The primary result codes of SQLite that are told apart: https://sqlite.org/rescode.html */
const codes = { busy: 5, locked: 6, corrupt: 11, full: 13, notADatabase: 26 }

/** Whether another connection is at work on the file, and the same call may succeed a little later. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error)
  return code === codes.busy || code === codes.locked
}

/** A failure of SQLite in the words of the contract. Anything else stays as it is. */
export function toSearchError(error: unknown, path: string): unknown {
  const code = codeOf(error)
  if (code === undefined) return error
  const reason = (error as Error).message
  const details = { backend: 'sqlite', file: path }
  if (code === codes.corrupt || code === codes.notADatabase) {
    return new SearchError(
      'index_damaged',
      `Expected ${JSON.stringify(path)} to be a sound SQLite database, but: ${reason}. Restore it, or remove it and index the documents anew.`,
      { cause: error, details },
    )
  }
  if (isBusy(error)) {
    return new SearchError(
      'backend_failed',
      `Another connection held ${JSON.stringify(path)} for longer than "busyTimeout": ${reason}. Try again, or wait longer.`,
      { cause: error, details, retryable: true },
    )
  }
  return new SearchError('backend_failed', `SQLite failed on ${JSON.stringify(path)}: ${reason}.`, {
    cause: error,
    details,
    retryable: code === codes.full,
  })
}

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : undefined
}
