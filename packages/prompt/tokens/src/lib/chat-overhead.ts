import { describeValue } from '@empire/errors'
import { findModelPrefix } from './model-prefix.ts'
import { UnknownModelError } from './unknown-model-error.ts'

/**
 * What a chat costs beside its texts. A request counts
 * `sum(count(content) + perMessage) + sum over named messages (count(name) + perName) + perReply`.
 */
export interface ChatOverhead {
  /** The beginning of the model's name that was found in the table. */
  readonly family: string
  /** Tokens around each message, its role included. */
  readonly perMessage: number
  /** Tokens for each message with a name, beside those of the name itself. Can be negative. */
  readonly perName: number
  /** Tokens that open the reply, once per request. */
  readonly perReply: number
  /** Whether the vendor has published these figures for this family; else they are an assumption. */
  readonly documented: boolean
  /** Where the figures come from. */
  readonly source: string
}

const chatml = { perMessage: 4, perName: 1, perReply: 3 }
const cookbook = {
  documented: true,
  source: 'OpenAI cookbook, "How to count tokens with tiktoken", section 6 (3 per message and 1 for its role)',
}
const assumed = { documented: false, source: 'no published figures: those of the OpenAI cookbook for gpt-4o' }

const families = new Map<string, Omit<ChatOverhead, 'family'>>([
  ['gpt-3.5-turbo-0301', { perMessage: 5, perName: -1, perReply: 3, ...cookbook }],
  ['gpt-3.5', { ...chatml, ...cookbook }],
  ['gpt-35', { ...chatml, ...cookbook }],
  ['gpt-4', { ...chatml, ...cookbook }],
  ['gpt-4o', { ...chatml, ...cookbook }],
  ['gpt-4.', { ...chatml, ...assumed }],
  ['gpt-5', { ...chatml, ...assumed }],
  ['gpt-oss', { ...chatml, ...assumed }],
  ['chatgpt-4o', { ...chatml, ...assumed }],
  ['o1', { ...chatml, ...assumed }],
  ['o3', { ...chatml, ...assumed }],
  ['o4', { ...chatml, ...assumed }],
  ['claude', { ...chatml, ...assumed }],
  ['gemini', { ...chatml, ...assumed }],
])

/** The chat overhead of a model's family. Throws `UnknownModelError` for a model of no known family. */
export function chatOverhead(model: string): ChatOverhead {
  if (typeof model !== 'string') {
    throw new TypeError(`Expected "model" to be the name of a model, got ${describeValue(model)}.`)
  }
  const family = findModelPrefix(model, families.keys())
  const overhead = family === undefined ? undefined : families.get(family)
  if (family === undefined || overhead === undefined) {
    throw new UnknownModelError(model, [...families.keys()], 'Ask for the family that the model is closest to.')
  }
  return Object.freeze({ family, ...overhead })
}
