import { EmpireError } from '@empire/errors'
import { findJsonDifference } from '@empire/record'

/**
 * A request is not one of those that are left in the cassette.
 *
 * `details` hold the `model`, and the `path` of the first difference to the next request that is left, with what was
 * `recorded` and what was `received` there.
 */
export class ModelCassetteError extends EmpireError<'cassette_mismatch'> {
  constructor(model: string, received: unknown, next: unknown) {
    const difference = next === undefined ? undefined : findJsonDifference(next, received)
    const how =
      difference === undefined
        ? 'but all recorded requests have been replayed'
        : `which differs from the next one that is left at ${difference.path}`
    super(
      'cassette_mismatch',
      `Expected a request of the cassette, got one to ${model}, ${how}. Record the cassette anew if this is meant.`,
      {
        details: {
          model,
          ...(difference && { path: difference.path, recorded: difference.before, received: difference.after }),
        },
      },
    )
  }
}
