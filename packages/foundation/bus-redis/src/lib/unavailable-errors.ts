import { BusUnavailableError } from '@empire/bus'
import type { RedisAddress } from './redis-address.ts'

interface Expectation {
  readonly address: RedisAddress
  readonly timeout: number
}

const maybeHeard = 'The message may have been heard or not: publish again what may be heard twice.'

/** Told while connecting goes on. */
export function createUnreachableError({ name }: RedisAddress, cause: Error): BusUnavailableError {
  return new BusUnavailableError(
    `Expected Redis at ${name} to be reachable, got: ${cause.message}. Connecting goes on.`,
    { cause },
  )
}

/** There was no connection in time. */
export function createLateError(
  { address, timeout }: Expectation,
  action: 'publish' | 'listen',
  cause: Error | undefined,
): BusUnavailableError {
  return new BusUnavailableError(
    `Expected Redis at ${address.name} to ${action} within ${timeout} ms, got: ${cause?.message ?? 'no connection'}. Nothing was sent: try again later.`,
    { cause },
  )
}

/** The connection stands, but no answer came in time. */
export function createSilentError({ address, timeout }: Expectation): BusUnavailableError {
  return new BusUnavailableError(
    `Expected Redis at ${address.name} to answer within ${timeout} ms, got nothing. ${maybeHeard}`,
  )
}

/** The connection was lost before the answer came. */
export function createLostError({ name }: RedisAddress, cause: Error): BusUnavailableError {
  return new BusUnavailableError(`Expected Redis at ${name} to answer, but the connection was lost. ${maybeHeard}`, {
    cause,
  })
}

/** Redis itself said no. */
export function createRefusedError(
  { name }: RedisAddress,
  action: 'publish' | 'listen',
  cause: Error,
): BusUnavailableError {
  return new BusUnavailableError(
    `Expected Redis at ${name} to ${action}, but it refused: ${cause.message}. Check the rights of its user.`,
    { cause, retryable: false },
  )
}
