import {
  AISDKError,
  APICallError,
  EmptyResponseBodyError,
  InvalidArgumentError,
  InvalidPromptError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  LoadSettingError,
  NoContentGeneratedError,
  NoSuchModelError,
  TooManyEmbeddingValuesForCallError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider'
import { EmpireError } from '@empire/errors'
import { ModelError, type ModelErrorCode, type ModelErrorDetails } from '@empire/llm'
import { toModelError, toNetworkError } from '@empire/llm/client'
import { type Fields, isFields } from './is-fields.ts'
import { readLimits } from './limit-headers.ts'

/** What the errors of the SDK mean that are no answer over HTTP. */
const meanings: readonly [is: (error: unknown) => boolean, code: ModelErrorCode][] = [
  [LoadAPIKeyError.isInstance, 'authentication'],
  [LoadSettingError.isInstance, 'invalid_request'],
  [NoSuchModelError.isInstance, 'invalid_request'],
  [InvalidPromptError.isInstance, 'invalid_request'],
  [InvalidArgumentError.isInstance, 'invalid_request'],
  [TooManyEmbeddingValuesForCallError.isInstance, 'invalid_request'],
  [UnsupportedFunctionalityError.isInstance, 'unsupported'],
  [JSONParseError.isInstance, 'invalid_response'],
  [TypeValidationError.isInstance, 'invalid_response'],
  [InvalidResponseDataError.isInstance, 'invalid_response'],
  [EmptyResponseBodyError.isInstance, 'invalid_response'],
  [NoContentGeneratedError.isInstance, 'invalid_response'],
]

/** Words of vendors for what went wrong, in the `code`, `type` or `status` of the error. */
const words: Readonly<Record<string, ModelErrorCode>> = {
  context_length_exceeded: 'context_too_long',
  content_filter: 'content_filtered',
  content_policy_violation: 'content_filtered',
  // Waiting does not help: somebody has to pay.
  insufficient_quota: 'authentication',
  invalid_api_key: 'authentication',
  authentication_error: 'authentication',
  permission_error: 'authentication',
  rate_limit_exceeded: 'rate_limited',
  rate_limit_error: 'rate_limited',
  overloaded_error: 'overloaded',
  server_error: 'overloaded',
  invalid_request_error: 'invalid_request',
}

/**
 * The error for whatever a provider throws or streams, in the vocabulary of all vendors. An abort is `signal.reason`, and
 * an error of ours that went through the SDK comes back as it was, and so does a mistake in a program. Requests are in no error: they hold what users said.
 */
export function readError(vendor: string, error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason
  if (EmpireError.isInstance(error)) return error
  if (AISDKError.isInstance(error) && EmpireError.isInstance(error.cause)) return error.cause
  if (APICallError.isInstance(error)) return readApiError(vendor, error, signal)
  if (AISDKError.isInstance(error)) return readSdkError(vendor, error)
  if (isMistake(error)) return error
  // Streams carry errors as the plain data of a frame.
  if (error instanceof Error) return toNetworkError(vendor, error, signal)
  return readFrame(vendor, error)
}

/** What JavaScript throws at whoever wrote it wrong. Where `fetch` does, it tells why, or by its words. */
function isMistake(error: unknown): boolean {
  if (!(error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError)) return false
  return error.cause === undefined && !/fetch|network|terminated/i.test(error.message)
}

function readApiError(vendor: string, error: APICallError, signal: AbortSignal | undefined): unknown {
  const { statusCode, responseHeaders = {}, responseBody, data, message } = error
  if (statusCode === undefined) return toNetworkError(vendor, error.cause ?? withoutRequest(error), signal)
  // The answer was good, and what went wrong came behind its headers.
  if (statusCode < 400) {
    if (AISDKError.isInstance(error.cause)) return readSdkError(vendor, error.cause)
    return toNetworkError(vendor, error.cause ?? withoutRequest(error), signal)
  }
  const headers = new Headers(responseHeaders)
  const body = data ?? responseBody ?? ''
  const requestId = headers.get('x-request-id') ?? headers.get('request-id') ?? undefined
  return toModelError({
    vendor,
    status: statusCode,
    headers,
    body,
    message,
    requestId,
    limits: readLimits(responseHeaders),
    ...meaningOf(errorOf(body), message, statusCode),
  })
}

function readSdkError(vendor: string, error: AISDKError): ModelError {
  const [, code = 'invalid_response'] = meanings.find(([is]) => is(error)) ?? []
  return code === 'invalid_response'
    ? // The messages of these quote the whole answer.
      new ModelError(code, `${vendor} sent an answer that its provider cannot read (${error.name}).`)
    : new ModelError(code, `The provider of ${vendor} refused the call: ${error.message}`)
}

function readFrame(vendor: string, frame: unknown): ModelError {
  const given = isFields(frame) ? frame : {}
  const error = errorOf(frame)
  const status = [given['statusCode'], error['status'], error['code']].find(isStatus)
  const message = [error['message'], frame].find((text) => typeof text === 'string')
  const meaning = meaningOf(error, message ?? '', status)
  return toModelError({
    vendor,
    status: status ?? 500,
    headers: new Headers(),
    body: given['data'] ?? frame,
    message,
    ...meaning,
  })
}

function errorOf(body: unknown): Fields {
  if (typeof body === 'string') {
    try {
      return errorOf(JSON.parse(body) as Fields)
    } catch {
      return {}
    }
  }
  if (!isFields(body)) return {}
  return isFields(body['error']) ? body['error'] : body
}

function meaningOf(
  error: Fields,
  message: string,
  status: number | undefined,
): { readonly code?: ModelErrorCode; readonly details?: ModelErrorDetails } {
  const name = [error['code'], error['type'], error['status']].find(
    (word) => typeof word === 'string' && Object.hasOwn(words, word),
  )
  const counts = countsOf(message)
  const said = typeof name === 'string' ? words[name] : undefined
  // The status says more than the word that covers all wrong requests.
  const code = counts.tokens === undefined ? said : 'context_too_long'
  const { param } = error
  return {
    ...(code === undefined || (code === 'invalid_request' && status !== undefined) ? {} : { code }),
    details: {
      ...(typeof error['code'] === 'string' ? { vendorCode: error['code'] } : {}),
      ...(typeof param === 'string' && param !== '' ? { path: param } : {}),
      ...counts,
    },
  }
}

/** "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens." */
function countsOf(message: string): { readonly tokens?: number; readonly limit?: number } {
  const counts = /maximum context length is (\d{1,15}) tokens\D{1,200}?(\d{1,15})/i.exec(message)
  return counts === null ? {} : { limit: Number(counts[1]), tokens: Number(counts[2]) }
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 400 && value < 600
}

/** An error of the SDK has the whole request in it. */
function withoutRequest({ message }: Error): Error {
  return new Error(message)
}
