import { EmpireError } from '@empire/errors'
import { IngestError, printable } from '@empire/ingest'
import { ModelCassetteError, ModelError } from '@empire/llm'
import { RecordDamagedError } from '@empire/record'
import { SearchError } from '@empire/search'
import { exitCodes } from './exit-codes.ts'
import { IndexBusyError } from './lock-index.ts'
import { MissingKeyError } from './missing-key-error.ts'
import { UsageError } from './usage-error.ts'

/** An error in words for whoever typed the command, and what the command ends with. */
export interface ExplainedError {
  readonly text: string
  readonly code: number
}

/** What the caller can do something about; `undefined` for a fault in rag. A step that fails with it has it as the cause. */
export function explainError(error: unknown): ExplainedError | undefined {
  const database = explainDatabase(error)
  if (database !== undefined) return database
  const causes = EmpireError.isInstance(error) ? [error, error.cause] : []
  const known = causes.find((cause) => isKnown(cause))
  if (known === undefined) return undefined
  const help = known instanceof UsageError ? '\nrag --help tells all options.' : ''
  const code = codeOf(known)
  return { text: `rag: ${printable(known.message)}${help}\n`, code }
}

/** What SQLite says of the index file itself. */
function explainDatabase(error: unknown): ExplainedError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, errcode, message } = error as Error & { readonly code?: unknown; readonly errcode?: number }
  if (code !== 'ERR_SQLITE_ERROR') return undefined
  const help = errcode === diskFull ? ' Make room, and run it again: what was written is kept.' : ''
  return { text: `rag: The index file cannot be used: ${printable(message)}.${help}\n`, code: exitCodes.wrongUsage }
}

/** https://sqlite.org/rescode.html#full */
const diskFull = 13

function codeOf(error: Error): number {
  if (error instanceof ModelError) return exitCodes.noAnswer
  return error instanceof IndexBusyError ? exitCodes.indexBusy : exitCodes.wrongUsage
}

function isKnown(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof MissingKeyError ||
    error instanceof IndexBusyError ||
    error instanceof ModelError ||
    error instanceof ModelCassetteError ||
    error instanceof RecordDamagedError ||
    error instanceof SearchError ||
    error instanceof IngestError ||
    (EmpireError.isInstance(error) && error.code === 'state_unavailable')
  )
}
