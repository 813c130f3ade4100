import Anthropic from '@anthropic-ai/sdk'
import type { ClaudeOptions } from './claude-options.ts'

/** What is sent with one call. */
export interface ClaudeCallOptions {
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly query?: Readonly<Record<string, string | number>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
  readonly stream?: boolean | undefined
  readonly maxRetries?: number
  readonly timeout?: number
}

/** A call that was begun. */
export interface ClaudeCall {
  /** The response as it came. Rejects for a status that says no. */
  asResponse(): Promise<Response>
}

/**
 * What is needed of an SDK: that of Anthropic, of its Bedrock and its Vertex package, and any other that sends what it is
 * given and throws errors with `status`, `headers` and `error`.
 */
export interface ClaudeClient {
  post(path: string, options: ClaudeCallOptions): ClaudeCall
  get(path: string, options: ClaudeCallOptions): ClaudeCall
}

/** Sends calls with the SDK; its retries and its time limit are off. */
export type Send = (method: 'get' | 'post', path: string, options: ClaudeCallOptions) => Promise<Response>

/** The longest delay of a timer: 24 days. The SDK has no other way to set no limit. */
const noTimeout = 2 ** 31 - 1

/** A function that sends calls, with the client of the options or one of the SDK. */
export function createSend({ apiKey, baseUrl, client, betas = [], fetch }: ClaudeOptions): Send {
  const own: ClaudeClient =
    client ??
    new Anthropic({
      // What is missing is looked for in the environment and the profile of the user, as ever with this SDK.
      ...(apiKey === undefined ? {} : { apiKey: typeof apiKey === 'string' ? apiKey : async () => apiKey() }),
      ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
      ...(fetch === undefined ? {} : { fetch }),
      logLevel: 'off',
      openTelemetry: { traces: false, propagation: false },
    })
  const fixed = betas.length === 0 ? {} : { 'anthropic-beta': betas.join(',') }
  return (method, path, options) => {
    const headers = { ...fixed, ...options.headers }
    return own[method](path, { ...options, headers, maxRetries: 0, timeout: noTimeout }).asResponse()
  }
}
