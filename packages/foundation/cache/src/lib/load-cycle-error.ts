import { EmpireError } from '@empire/errors'

/** A load waits for itself: it asked, by itself or through other loads, for the key that it was to load. */
export class LoadCycleError extends EmpireError<'load_cycle'> {
  constructor() {
    super(
      'load_cycle',
      'Expected a load that does not need its own value, but it asked the cache for the key that it is loading, by itself or through another load. Load the parts under keys of their own.',
    )
  }
}
