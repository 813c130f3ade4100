import { IngestError } from '@empire/ingest'

/** What may succeed when it is tried again: SQLSTATE, a whole one or its class. */
const transient = /^(?:08|40|53|55P03|57P0)/

/** The error of a listing for whatever the driver threw. */
export function postgresError(source: string, error: unknown, statementTimeout: number): IngestError {
  if (error instanceof IngestError) return error
  const { code, message } = error as { readonly code?: unknown; readonly message?: string }
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
  if (state === '57014') {
    const reason = `the query was ended: ${message}. A batch may take ${statementTimeout} ms ("statementTimeout").`
    return new IngestError('timeout', source, reason, { cause: error, retryable: true })
  }
  if (state?.startsWith('28') === true) {
    return new IngestError('refused', source, `PostgreSQL refuses the login: ${message}.`, { cause: error })
  }
  if (state !== undefined && !transient.test(state)) {
    return new IngestError('query_failed', source, `the query failed: ${message} (SQLSTATE ${state}).`, {
      cause: error,
    })
  }
  const reason = `the connection to PostgreSQL failed: ${message || code}. Nothing was deleted; run it again.`
  return new IngestError('connection_lost', source, reason, { cause: error, retryable: true })
}
