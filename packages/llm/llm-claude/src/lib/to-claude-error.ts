import { ModelError } from '@empire/llm'
import { toModelError, toNetworkError } from '@empire/llm/client'
import { redact } from '@empire/redaction'
import { readError } from './error-code.ts'
import { readLimits } from './read-limits.ts'

/** What the SDK throws for an answer of the server. By its form: an injected client may have an SDK of its own. */
interface Refused {
  readonly status: number
  readonly headers?: { get(name: string): string | null } | undefined
  readonly error?: unknown
  readonly message: string
}

/** The error for whatever the SDK or a connection threw. An abort is the reason of the signal, untouched. */
export function toClaudeError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason
  if (error instanceof ModelError) return error
  if (isRefused(error)) return refusal(error)
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) }
  if (name === 'APIConnectionTimeoutError') {
    return new ModelError('timeout', 'Claude did not answer in the time that its client allows.', { cause: error })
  }
  if (name === 'APIConnectionError' || error instanceof TypeError || hasCode(error)) {
    return toNetworkError('Claude', error, signal)
  }
  if (/authentication method|credential/i.test(message)) {
    const cure = 'Pass "apiKey" to createClaude, or set ANTHROPIC_API_KEY.'
    return new ModelError('authentication', `There is no key for Claude. ${cure}`, { cause: error })
  }
  if (/apiKey/.test(message)) return new ModelError('authentication', message, { cause: error })
  return new ModelError('invalid_request', `The client of Claude refused the call: ${message}`, { cause: error })
}

/**
 * The error for an error that came as a frame.
 *
 * @param what What happened, as the beginning of the message.
 */
export function toFrameError(what: string, frame: unknown, requestId: string | undefined): ModelError {
  const { type, message } = errorOf(frame)
  const { request_id: own } = (frame ?? {}) as { request_id?: unknown }
  const id = requestId ?? (typeof own === 'string' ? own : undefined)
  const { code = 'interrupted', details } = readError(type, message)
  return new ModelError(code, `${what}${message === '' ? '' : `: ${message}`}${message.endsWith('.') ? '' : '.'}`, {
    details: { ...details, ...(id === undefined ? {} : { requestId: id }), body: redact(frame) },
  })
}

function refusal(error: Refused): ModelError {
  const { type, message } = errorOf(error.error)
  const requestId = error.headers?.get('request-id') ?? undefined
  const { code, details } = readError(type, message)
  const limits = error.headers === undefined ? undefined : readLimits(error.headers)
  return toModelError({
    vendor: 'Claude',
    status: error.status,
    headers: error.headers ?? { get: () => null },
    body: error.error,
    message: message === '' ? undefined : message,
    requestId,
    code,
    details: limits === undefined ? details : { ...details, limits },
  })
}

function errorOf(body: unknown): { readonly type: unknown; readonly message: string } {
  const { error } = (body ?? {}) as { error?: { type?: unknown; message?: unknown } | null }
  const { type, message } = typeof error === 'object' && error !== null ? error : {}
  return { type, message: typeof message === 'string' ? message : '' }
}

function isRefused(error: unknown): error is Refused {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
}

/** What Node says of connections: `ECONNRESET`, `UND_ERR_SOCKET`. */
function hasCode(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
