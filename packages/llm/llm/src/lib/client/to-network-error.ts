import { EmpireError } from '@empire/errors'
import { ModelError } from '../model-error.ts'

/**
 * The error for a connection that was not made or broke: `network`. An abort and an `EmpireError` come back as they are.
 *
 * @param vendor Who was asked, for the message: `Claude`.
 */
export function toNetworkError(vendor: string, error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason
  if (EmpireError.isInstance(error)) return error
  return new ModelError(
    'network',
    `The connection to ${vendor} ${reasonOf(error)}. Check the network and the address.`,
    { cause: error },
  )
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'was refused',
  ECONNRESET: 'was reset',
  EPIPE: 'was reset',
  UND_ERR_SOCKET: 'was closed',
  ENOTFOUND: 'failed: the name of the host is not known',
  EAI_AGAIN: 'failed: the name of the host could not be looked up',
  ETIMEDOUT: 'took too long',
  UND_ERR_CONNECT_TIMEOUT: 'took too long',
  UND_ERR_HEADERS_TIMEOUT: 'took too long',
  UND_ERR_BODY_TIMEOUT: 'took too long',
  EHOSTUNREACH: 'failed: there is no way to the host',
  ENETUNREACH: 'failed: there is no way to the host',
}

/** fetch says what happened in the `code` of the cause, some levels down. */
function reasonOf(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const code = 'code' in cause ? String(cause.code) : ''
    const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined
    if (reason !== undefined) return reason
  }
  return 'broke'
}
