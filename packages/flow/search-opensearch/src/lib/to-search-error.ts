import { redactText } from '@empire/redaction'
import { SearchError } from '@empire/search'

/** What the errors of the client and the answers of the server have in common, each part perhaps missing. */
interface Failure {
  readonly name?: string
  readonly message?: string
  readonly statusCode?: number | null
  readonly body?: { readonly error?: ServerError | string }
}

interface ServerError {
  readonly type?: string
  readonly reason?: string
  readonly root_cause?: readonly ServerError[]
}

/** Faults of a connection, and time-outs, end by themselves. */
const passing = new Set(['ConnectionError', 'NoLivingConnectionsError', 'TimeoutError'])

/** A query that is too big is so the next time too, though some versions answer with status 500. */
const tooMuch = /\btoo_many_(?:nested_)?clauses\b|\bmaxClauseCount\b/

/**
 * A failure of the client or of the server in the words of all backends. The cause is a copy with what it says and no more: the
 * original holds the request with its headers, and they hold passwords.
 */
export function toSearchError(error: unknown, index: string): SearchError {
  const { name = 'Error', message = '', statusCode, body } = (error ?? {}) as Failure
  const given = typeof body?.error === 'object' ? body.error : undefined
  const status = typeof statusCode === 'number' ? statusCode : undefined
  const type = given?.type
  const reason = redactText(describeReason(given) ?? punctuate(typeof body?.error === 'string' ? body.error : message))
  const isPassing = status === undefined ? passing.has(name) : status === 429 || status >= 500
  const retryable = isPassing && !tooMuch.test(`${given?.root_cause?.[0]?.type} ${type} ${reason}`)
  const cause = new Error(reason)
  cause.name = type ?? name
  const answer = [status === undefined ? undefined : `status ${status}`, type ?? name].filter(Boolean).join(', ')
  return new SearchError(
    'backend_failed',
    `OpenSearch must do what the index "${index}" asks of it, got ${answer}: ${reason} ${advise(status, type, retryable)}`,
    {
      cause,
      retryable,
      details: {
        backend: 'opensearch',
        index,
        ...(status === undefined ? {} : { status }),
        ...(type === undefined ? {} : { type }),
      },
    },
  )
}

/** A query that failed on its shards says why in its causes only. */
function describeReason(error: ServerError | undefined): string | undefined {
  if (error === undefined) return undefined
  const own = error.reason ?? error.type ?? 'no reason given'
  const root = error.root_cause?.[0]?.reason
  return punctuate(root === undefined || own.includes(root) ? own : `${own}: ${root}`)
}

function punctuate(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function advise(status: number | undefined, type: string | undefined, retryable: boolean): string {
  if (type === 'index_not_found_exception') return 'Open the index anew, which creates it, or correct its name.'
  if (status === 401 || status === 403) return 'Correct "connection.auth", or what the user may do.'
  if (status === 413) return 'Make the document smaller, or raise "http.max_content_length" of the server.'
  if (status === 429) return 'Try again later, or with fewer calls at a time.'
  return retryable ? 'Try again later.' : 'Correct what the reason names.'
}
