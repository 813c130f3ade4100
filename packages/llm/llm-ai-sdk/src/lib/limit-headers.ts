import { wallClock } from '@empire/clock'
import type { ModelResponse } from '@empire/llm'
import { isFields } from './is-fields.ts'

/** What a vendor will still accept. */
export type Limits = NonNullable<ModelResponse['limits']>

type Rate = NonNullable<Limits['requests']>

/** A header with what is left, and one with when all of it is there again. */
type Names = readonly [remaining: string, reset: string]

const [ofRequests, ofTokens]: readonly [Names, Names] = [
  ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
]

/** By the words of OpenAI, which most vendors use, and by those of Anthropic, the closest limit of tokens first. */
const known: { readonly [Kind in 'requests' | 'tokens']: readonly Names[] } = {
  requests: [ofRequests, ['anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-requests-reset']],
  tokens: [
    ofTokens,
    ['anthropic-ratelimit-tokens-remaining', 'anthropic-ratelimit-tokens-reset'],
    ['anthropic-ratelimit-input-tokens-remaining', 'anthropic-ratelimit-input-tokens-reset'],
  ],
}

/**
 * What a vendor will still accept, as the headers say that its provider hands on; `undefined` where they say nothing.
 * A count without the time of its reset is none: nobody could say how long it holds.
 *
 * @param headers Values by name, in any case. Anything else says nothing.
 * @param now Milliseconds since the Unix epoch, from which dates are counted.
 */
export function readLimits(headers: unknown, now: number = wallClock.now()): Limits | undefined {
  if (!isFields(headers)) return undefined
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const [requests, tokens] = [known.requests, known.tokens].map((names) => {
    const rates = names.map(([remaining, reset]) => readRate(values.get(remaining), values.get(reset), now))
    return rates.find((rate) => rate !== undefined)
  })
  if (requests === undefined && tokens === undefined) return undefined
  return { ...(requests === undefined ? {} : { requests }), ...(tokens === undefined ? {} : { tokens }) }
}

/** The same limits as headers in the words of OpenAI, rounded so that nobody sends too much or too early. */
export function writeLimits({ requests, tokens }: Limits): Record<string, string> {
  return { ...writeRate(ofRequests, requests), ...writeRate(ofTokens, tokens) }
}

function writeRate([remaining, reset]: Names, rate: Rate | undefined): Record<string, string> {
  if (rate === undefined) return {}
  return { [remaining]: String(Math.floor(rate.remaining)), [reset]: `${Math.ceil(rate.resetAfter)}ms` }
}

function readRate(remaining: unknown, reset: unknown, now: number): Rate | undefined {
  if (typeof remaining !== 'string' || typeof reset !== 'string' || !/^\d{1,15}$/.test(remaining)) return undefined
  const resetAfter = readDuration(reset) ?? readDate(reset, now)
  return resetAfter === undefined ? undefined : { remaining: Number(remaining), resetAfter }
}

const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** `6m0s`, `1.5s`, `200ms`, or seconds; in milliseconds. What lies centuries ahead is a date. */
function readDuration(text: string): number | undefined {
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text) * 1000
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|[dhms])){1,5}$/.test(text)) return undefined
  let duration = 0
  for (const [, value, unit = ''] of text.matchAll(/([\d.]+)(ms|[dhms])/g))
    duration += Number(value) * (units[unit] ?? 0)
  return duration
}

function readDate(text: string, now: number): number | undefined {
  const date = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
