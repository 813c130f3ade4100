import { EmpireError } from '@empire/errors'

/** A server that a test starts for itself did not start. */
export class ServerStartError extends EmpireError<'server_start_failed'> {
  /** @param came What happened instead: `got "spawn redis-server ENOENT"`. */
  constructor(command: string, came: string, cause?: unknown) {
    super(
      'server_start_failed',
      `Expected "${command}" to start and to say so, got ${came}. Install it, and put it on the PATH.`,
      cause === undefined ? { details: { command } } : { cause, details: { command } },
    )
  }
}
