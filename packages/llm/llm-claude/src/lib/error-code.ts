import type { ModelErrorCode, ModelErrorDetails } from '@empire/llm'
import { formatPath } from '@empire/schema/compile'

/** What an error of the API means in the vocabulary of all vendors. */
export interface ErrorMeaning {
  /** `undefined` where only the status says it. */
  readonly code: ModelErrorCode | undefined
  readonly details: ModelErrorDetails
}

const codes: ReadonlyMap<unknown, ModelErrorCode> = new Map([
  ['invalid_request_error', 'invalid_request'],
  ['not_found_error', 'invalid_request'],
  ['authentication_error', 'authentication'],
  ['billing_error', 'authentication'],
  ['permission_error', 'authentication'],
  ['request_too_large', 'context_too_long'],
  ['rate_limit_error', 'rate_limited'],
  ['timeout_error', 'timeout'],
  ['api_error', 'overloaded'],
  ['overloaded_error', 'overloaded'],
])

/** Reads the type of an error and, where that says too little, its words. */
export function readError(type: unknown, message: string): ErrorMeaning {
  const code = codes.get(type)
  if (code !== 'invalid_request') return { code, details: {} }
  const tokens = readTokens(message)
  if (tokens !== undefined) return { code: 'context_too_long', details: tokens }
  if (/content filtering|usage policy/i.test(message)) return { code: 'content_filtered', details: {} }
  if (/credit balance/i.test(message)) return { code: 'authentication', details: {} }
  const path = readPath(message)
  return { code, details: path === undefined ? {} : { path } }
}

/** `prompt is too long: 210000 tokens > 200000 maximum`, and what is said where the answer does not fit behind it. */
function readTokens(message: string): ModelErrorDetails | undefined {
  const whole = /prompt is too long(?:: (\d{1,15}) tokens > (\d{1,15}) maximum)?/i.exec(message)
  const both = /exceed context limit: (\d{1,15}) \+ \d{1,15} > (\d{1,15})/i.exec(message)
  const found = whole ?? both
  if (found === null) return undefined
  return found[1] === undefined ? {} : { tokens: Number(found[1]), limit: Number(found[2]) }
}

/** `messages.2.content.0.text: Field required` is about `messages[2].content[0].text`. */
function readPath(message: string): string | undefined {
  const found = /^([a-z_]{1,64}(?:\.[\w-]{1,64}){0,32}): /i.exec(message)
  return found === null
    ? undefined
    : formatPath((found[1] as string).split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)))
}
