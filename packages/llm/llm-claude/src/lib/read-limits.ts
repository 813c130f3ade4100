import { wallClock } from '@empire/clock'
import type { RemainingRate, ServerLimits } from '@empire/resilience'

/** The headers of a response, by name. */
interface Headers {
  get(name: string): string | null
}

/**
 * What the API will still accept, as its headers say; `undefined` where they say nothing. Of its counts of tokens, that of
 * input and output together, which is the closest limit in effect, else that of input.
 *
 * @param now Milliseconds since the Unix epoch, from which the times of the headers are counted.
 */
export function readLimits(headers: Headers, now: number = wallClock.now()): ServerLimits | undefined {
  const requests = readRate(headers, 'requests', now)
  const tokens = readRate(headers, 'tokens', now) ?? readRate(headers, 'input-tokens', now)
  if (requests === undefined && tokens === undefined) return undefined
  return { ...(requests === undefined ? {} : { requests }), ...(tokens === undefined ? {} : { tokens }) }
}

function readRate(headers: Headers, name: string, now: number): RemainingRate | undefined {
  const remaining = headers.get(`anthropic-ratelimit-${name}-remaining`) ?? ''
  if (!/^\d{1,15}$/.test(remaining)) return undefined
  const reset = Date.parse(headers.get(`anthropic-ratelimit-${name}-reset`) ?? '')
  if (Number.isNaN(reset)) return undefined
  return { remaining: Number(remaining), resetAfter: Math.max(0, reset - now) }
}
