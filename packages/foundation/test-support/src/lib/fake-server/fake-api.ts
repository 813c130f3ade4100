import { describeValue } from '@empire/errors'
import type { FakeEvent, FakeReply } from './fake-reply.ts'
import type { FakeRequest } from './fake-request.ts'
import type { FakeStep } from './fake-step.ts'

/** Answers a request. @param step What the script has for it; undefined without a script. */
export type FakeHandler<Step extends FakeStep | string = FakeStep> = (
  request: FakeRequest,
  step: Step | undefined,
) => FakeReply | Promise<FakeReply>

/** An error that the API is to put into its own words. */
export interface FakeFailure {
  /** The HTTP status; undefined for that of an overload. */
  readonly status?: number | undefined
  /** For people. */
  readonly message: string
  /** What the `Retry-After` header says. */
  readonly retryAfter?: number | string | undefined
}

/** An API that is more than a handler: it has its own words for errors. */
export interface FakeApi<Step extends FakeStep | string = FakeStep> {
  /** Answers a request. */
  readonly handle: FakeHandler<Step>
  /** Whether a request takes a step from a script that is a list. Default: each does. */
  readonly isScripted?: ((request: FakeRequest) => boolean) | undefined
  /**
   * Checks a step of the script when it is written, and throws a `TypeError` where it is wrong; `name` is what to call
   * it. Default: what every fake server understands is checked, and nothing more.
   */
  readonly checkStep?: ((step: Step, name: string) => void) | undefined
  /** The reply for an error. Default: its status, and `{ error: { status, message } }`. */
  readonly error?: ((failure: FakeFailure) => FakeReply) | undefined
  /** The frame for an error inside a stream. Default: an event `error` with the same data. */
  readonly streamError?: ((failure: FakeFailure) => FakeEvent) | undefined
}

type CompleteApi<Step extends FakeStep | string> = {
  readonly [Name in keyof FakeApi<Step>]-?: NonNullable<FakeApi<Step>[Name]>
}

/** The API with its defaults filled in. */
export function completeApi<Step extends FakeStep | string>(api: FakeHandler<Step> | FakeApi<Step>): CompleteApi<Step> {
  const given: FakeApi<Step> = typeof api === 'function' ? { handle: api } : api
  if (typeof given?.handle !== 'function') {
    throw new TypeError(`"api" must be a function, or an object with a function "handle", got ${describeValue(api)}.`)
  }
  const {
    handle,
    isScripted = () => true,
    checkStep = () => {},
    error = plainError,
    streamError = plainStreamError,
  } = given
  return { handle, isScripted, checkStep, error, streamError }
}

function plainError({ status = 500, message }: FakeFailure): FakeReply {
  return { status, body: { error: { status, message } } }
}

function plainStreamError({ status = 500, message }: FakeFailure): FakeEvent {
  return { event: 'error', data: JSON.stringify({ error: { status, message } }) }
}
