import { EmpireError } from '@empire/errors'

/** What a bus between processes could not do, and why. */
export interface BusUnavailableErrorOptions {
  /** The failure that led to this one, without secrets. */
  readonly cause?: unknown
  /** Whether the same call can succeed later without a change. Default: `true`. */
  readonly retryable?: boolean | undefined
}

/** What carries the messages between processes cannot be reached, did not answer in time, or refused. */
export class BusUnavailableError extends EmpireError<'bus_unavailable'> {
  /** @param message What was expected, what came, and what to do about it. */
  constructor(message: string, { cause, retryable = true }: BusUnavailableErrorOptions = {}) {
    super('bus_unavailable', message, { ...(cause === undefined ? {} : { cause }), retryable })
  }
}
