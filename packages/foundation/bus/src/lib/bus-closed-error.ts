import { EmpireError } from '@empire/errors'

/** A bus was used after `close()`. */
export class BusClosedError extends EmpireError<'bus_closed'> {
  /** @param action What was tried: `publish`, `subscribe`. */
  constructor(action: string) {
    super('bus_closed', `Expected an open bus, but it was closed before ${action}(). Close it after its last use.`)
  }
}
