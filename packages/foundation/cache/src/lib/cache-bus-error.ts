import { EmpireError } from '@empire/errors'

/** The bus could not be reached: other processes have not heard of an invalidation. */
export class CacheBusError extends EmpireError<'cache_bus_unavailable'> {
  constructor(cause: unknown) {
    super(
      'cache_bus_unavailable',
      'Expected to tell the other processes of an invalidation, but the bus failed. It is tried again until it succeeds.',
      { cause, retryable: true },
    )
  }
}
