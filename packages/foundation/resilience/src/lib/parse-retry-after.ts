import { systemClock } from '@empire/clock'
import { expectNumber, expectObject } from './expect-option.ts'
import { parseHttpDate } from './parse-http-date.ts'

/** Response headers: a `Headers` object, or a record whose keys are compared without regard to case. */
export type HeadersLike =
  | {
      /** The value of a header, by its name in any case. */
      get(name: string): string | null | undefined
    }
  | Readonly<Record<string, string | number | readonly string[] | undefined>>

/** By whose time dates are read. */
export interface ParseRetryAfterOptions {
  /** Milliseconds since the Unix epoch; a date is counted from here. Default: the platform's clock. */
  now?: number | undefined
}

/**
 * How long the server asks to wait, in milliseconds; `undefined` when it says nothing that can be understood.
 *
 * Reads `retry-after-ms`, else `Retry-After` in seconds (a fraction is accepted) or as an HTTP date (RFC 9110, sections
 * 10.2.3 and 5.6.7). A date in the past is 0.
 */
export function parseRetryAfter(
  headers: HeadersLike,
  { now = systemClock.now() }: ParseRetryAfterOptions = {},
): number | undefined {
  expectObject('parseRetryAfter: "headers"', headers)
  expectNumber('parseRetryAfter: "now"', now, {})
  const milliseconds = decimal(header(headers, 'retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const text = header(headers, 'retry-after')
  const seconds = decimal(text)
  if (seconds !== undefined) return Math.min(seconds * 1000, Number.MAX_SAFE_INTEGER)
  const date = text === undefined ? undefined : parseHttpDate(text, now)
  return date === undefined ? undefined : Math.max(0, date - now)
}

function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : undefined
}

function header(headers: HeadersLike, name: string): string | undefined {
  const value = 'get' in headers && typeof headers.get === 'function' ? headers.get(name) : ofRecord(headers, name)
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' || typeof first === 'number' ? String(first).trim() : undefined
}

function ofRecord(headers: object, name: string): unknown {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
}
