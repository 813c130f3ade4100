import { EmpireError } from '@empire/errors'

/** The store could not be reached, and the cache was told to fail then. */
export class CacheStoreError extends EmpireError<'cache_store_unavailable'> {
  /** @param action What was tried: `read`, `write`, `invalidate`. */
  constructor(action: string, cause: unknown) {
    super(
      'cache_store_unavailable',
      `Expected to ${action} in the store of the cache, but it failed. Check that it runs, or set "onOutage" to "memory".`,
      { cause, details: { action }, retryable: true },
    )
  }
}
