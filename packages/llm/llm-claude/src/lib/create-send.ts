import Anthropic from '@anthropic-ai/sdk'
import { patientFetch } from '@empire/llm/client'
import type { ClaudeCallOptions, ClaudeClient } from './claude-client.ts'
import type { ClaudeOptions } from './claude-options.ts'

/** Sends calls with the SDK; its retries and its time limit are off. */
export type Send = (method: 'get' | 'post', path: string, options: ClaudeCallOptions) => Promise<Response>

/** The longest delay of a timer: 24 days. The SDK has no other way to set no limit. */
const noTimeout = 2 ** 31 - 1

/** A function that sends calls, with the client of the options or one of the SDK. */
export function createSend({ apiKey, baseUrl, client, betas = [], fetch = patientFetch }: ClaudeOptions): Send {
  const own: ClaudeClient =
    client ??
    new Anthropic({
      // What is missing is looked for in the environment and the profile of the user, as ever with this SDK.
      ...(apiKey === undefined ? {} : { apiKey: typeof apiKey === 'string' ? apiKey : async () => apiKey() }),
      ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
      fetch,
      logLevel: 'off',
      openTelemetry: { traces: false, propagation: false },
    })
  const fixed = betas.length === 0 ? {} : { 'anthropic-beta': betas.join(',') }
  return (method, path, options) => {
    const headers = { ...fixed, ...options.headers }
    return own[method](path, { ...options, headers, maxRetries: 0, timeout: noTimeout }).asResponse()
  }
}
