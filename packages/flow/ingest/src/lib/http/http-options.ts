import { type Clock, systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectCount } from '../expect-options.ts'
import type { IngestRetryOptions } from '../ingest-settings.ts'
import { readHeaders } from './read-headers.ts'

/** Headers, or what gives them for a request: a token may be fetched or renewed there. */
export type HttpHeaders =
  | Readonly<Record<string, string>>
  | ((
      url: URL,
      options: { readonly signal?: AbortSignal | undefined },
    ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)

/** How sources fetch over HTTP. */
export interface HttpOptions {
  /** Default: the platform's. It is told not to follow redirects. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Default: the platform's. */
  readonly clock?: Clock | undefined
  /** A number from 0 up to 1, excluded: spreads the waits. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Who asks. It begins with the product token that robots.txt is searched for. Default: `empire-ingest`. */
  readonly userAgent?: string | undefined
  /**
   * Sent with each request to the origin that was named, such as `authorization`; never to another one that a redirect
   * leads to, nor with robots.txt. They appear in no error. Default: none.
   */
  readonly headers?: HttpHeaders | undefined
  /** How many requests to one host are under way at once, except for what is left of bodies over 1 MiB. Default: 2. */
  readonly concurrency?: number | undefined
  /** Milliseconds between the starts of two requests to one host. What robots.txt asks for counts if it is more. Default: 0. */
  readonly delay?: number | undefined
  /** The largest body that is read, in bytes, after decompression. Default: 1 GiB. */
  readonly maxBytes?: number | undefined
  /** How many redirects are followed. Default: 5. */
  readonly maxRedirects?: number | undefined
  /** Milliseconds without a sign of the server: until the headers, and between two pieces of a body. Default: 30,000. */
  readonly timeout?: number | undefined
  /** How often what the listing needs is fetched; items are tried again by `ingest`. */
  readonly retry?: IngestRetryOptions | undefined
}

/** Options with their defaults. */
export interface HttpSettings {
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly random: () => number
  readonly userAgent: string
  readonly headers: HttpHeaders
  readonly concurrency: number
  readonly delay: number
  readonly maxBytes: number
  readonly maxRedirects: number
  readonly timeout: number
  readonly retry: IngestRetryOptions
}

/** The names of `HttpOptions`. */
export const httpOptionNames = [
  'fetch',
  'clock',
  'random',
  'userAgent',
  'headers',
  'concurrency',
  'delay',
  'maxBytes',
  'maxRedirects',
  'timeout',
  'retry',
] as const satisfies readonly (keyof HttpOptions)[]

/** The options with their defaults. Throws `TypeError` for what makes no sense. */
export function readHttpSettings(options: HttpOptions): HttpSettings {
  const { fetch = globalThis.fetch, clock = systemClock, random = Math.random, headers = {}, retry = {} } = options
  const { userAgent = 'empire-ingest', concurrency = 2, delay = 0, maxBytes = 1024 ** 3 } = options
  const { maxRedirects = 5, timeout = 30_000 } = options
  if (typeof fetch !== 'function')
    throw new TypeError(`Expected "fetch" to be a function, got ${describeValue(fetch)}.`)
  if (typeof userAgent !== 'string' || !/^[a-z_-]+(?:[ /(][ -~]*)?$/i.test(userAgent)) {
    throw new TypeError(
      `Expected "userAgent" to begin with a token of letters, "_" and "-", as "my-crawler/1.0", got ${describeValue(userAgent)}.`,
    )
  }
  if (typeof headers !== 'function') readHeaders(headers)
  expectCount('concurrency', concurrency)
  expectCount('delay', delay, 0)
  expectCount('maxBytes', maxBytes)
  expectCount('maxRedirects', maxRedirects, 0)
  expectCount('timeout', timeout)
  expectKnownKeys('"retry"', retry, ['attempts', 'baseDelay', 'maxDelay'])
  expectCount('retry.attempts', retry.attempts ?? 3)
  return { fetch, clock, random, userAgent, headers, concurrency, delay, maxBytes, maxRedirects, timeout, retry }
}
