import { EmpireError } from '@empire/errors'

/** More tokens were asked for than the limiter allows in a whole interval. `details` has `tokens` and `limit`. */
export class ReservationTooLargeError extends EmpireError<'reservation_too_large'> {
  constructor(tokens: number, limit: number) {
    const message = `Expected at most ${limit} tokens, the limit of a whole interval, got ${tokens}. Ask for less at a time.`
    super('reservation_too_large', message, { details: { tokens, limit } })
  }
}
