import { describeValue, EmpireError } from '@empire/errors'
import type { CassetteRequest } from './cassette-request.ts'
import { findJsonDifference } from './find-json-difference.ts'

/**
 * A request is not the recorded one. Never retried against a live server.
 *
 * `details` hold `method` and `url`, and the `path` of the first difference to the most similar request that is left,
 * with what was `recorded` and what was `received` there.
 */
export class CassetteMismatchError extends EmpireError<'cassette_mismatch'> {
  constructor(path: string, received: CassetteRequest, recorded: CassetteRequest | undefined) {
    const { method, url } = received
    const difference = recorded && findJsonDifference(inReadingOrder(recorded), received)
    super(
      'cassette_mismatch',
      `Expected a request of the cassette ${JSON.stringify(path)}, got ${method} ${url}, ${describeDifference(recorded, difference)}. Record the cassette anew if this is meant.`,
      {
        details: {
          method,
          url,
          ...(difference && { path: difference.path, recorded: difference.before, received: difference.after }),
        },
      },
    )
  }
}

function describeDifference(
  recorded: CassetteRequest | undefined,
  difference: ReturnType<typeof findJsonDifference>,
): string {
  if (recorded === undefined) return 'but all recorded requests have been replayed'
  if (difference === undefined) return 'but it has been replayed as often as it was recorded'
  const { path, before, after } = difference
  return `which differs from the most similar one that is left at ${path}: recorded was ${describeValue(before)}, received ${describeValue(after)}`
}

/** A difference in the method or the URL says more than the one in the body that comes of it. */
function inReadingOrder({ method, url, headers, body }: CassetteRequest): CassetteRequest {
  return { method, url, headers, body }
}
