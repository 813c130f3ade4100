import { EmpireError } from '@empire/errors'

const refusals: ReadonlySet<string> = new Set([
  'rate_limited',
  'overloaded',
  'authentication',
  'invalid_request',
  'context_too_long',
  'unsupported',
  'over_budget',
  'breaker_open',
  'reservation_too_large',
])

/** The connection was never made. */
const unreachable: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** Whether an error says that no answer was begun, so that no token was used. */
export function isRefusal(error: unknown): boolean {
  if (!EmpireError.isInstance(error)) return false
  return refusals.has(error.code) || (error.code === 'network' && wasUnreachable(error))
}

function wasUnreachable(error: Error): boolean {
  for (let cause: unknown = error.cause, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause && unreachable.has(cause.code)) return true
  }
  return false
}
