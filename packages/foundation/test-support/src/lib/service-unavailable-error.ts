import { EmpireError } from '@empire/errors'

/** A test asked for a server that it was not given. */
export class ServiceUnavailableError extends EmpireError<'service_unavailable'> {
  constructor(message: string, service: string) {
    super('service_unavailable', message, { details: { service } })
  }
}
