import { describeValue, EmpireError } from '@empire/errors'

/** What an error says of itself. */
export interface ReadError {
  readonly name: string
  readonly message: string
  readonly code?: string
  /** Of an `EmpireError`, as `retryable`. */
  readonly details?: Readonly<Record<string, unknown>>
  readonly retryable?: boolean
}

/**
 * Reads what was thrown; `undefined` if that is no error.
 *
 * Its members may be anything, or throw themselves, and a run is undone all the same.
 */
export function readError(thrown: unknown): ReadError | undefined {
  try {
    if (!(thrown instanceof Error)) return undefined
    const { name, message, code } = thrown as { name: unknown; message: unknown; code?: unknown }
    const said = { name: asText(name), message: asText(message), ...(typeof code === 'string' && { code }) }
    if (!EmpireError.isInstance(thrown)) return said
    const { details, retryable } = thrown
    return { ...said, details, retryable }
  } catch {
    return { name: 'Error', message: 'it threw an error that cannot be read' }
  }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined ? '' : describeValue(value)
}
