import { EmpireError } from '@empire/errors'

/** The cache was used after `close()`, or closed during a load. */
export class CacheClosedError extends EmpireError<'cache_closed'> {
  constructor() {
    super('cache_closed', 'Expected an open cache, but it was closed. Close it after its last use.')
  }
}
