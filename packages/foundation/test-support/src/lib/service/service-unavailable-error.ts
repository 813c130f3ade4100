import { EmpireError } from '@empire/errors'

/** A test asked for a server that it was not given, or that does not answer. */
export class ServiceUnavailableError extends EmpireError<'service_unavailable'> {
  constructor(message: string, service: string, cause?: unknown) {
    super('service_unavailable', message, { details: { service }, ...(cause !== undefined && { cause }) })
  }
}
