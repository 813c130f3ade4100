import { EmpireError } from '@empire/errors'

/**
 * The breaker refused the call, which was not made.
 *
 * `details.name` is the breaker's name, `details.retryAfter` the milliseconds until it lets a call through; absent
 * while a trial call is under way.
 */
export class BreakerOpenError extends EmpireError<'breaker_open'> {
  constructor(name: string | undefined, retryAfter: number | undefined) {
    const breaker = name === undefined ? 'The breaker' : `The breaker "${name}"`
    const message =
      retryAfter === undefined
        ? `${breaker} is half-open: one trial call is under way. Try again when it has ended.`
        : `${breaker} is open: too many calls have failed. Try again in ${Math.ceil(retryAfter)} ms.`
    super('breaker_open', message, {
      details: { name, ...(retryAfter !== undefined && { retryAfter }) },
      retryable: true,
    })
  }
}
