import { describeValue } from '@empire/errors'
import { chatFamilies } from './chat-families.ts'
import { findModelPrefix } from './model-prefix.ts'
import { UnknownModelError } from './unknown-model-error.ts'

/** What a chat costs beside its texts, by family of models. */
export interface ChatFigures {
  /** Tokens around each message, its role included. Where roles differ, those of the role that costs most. */
  readonly perMessage: number
  /** Tokens for each message with a name, beside those of the name itself. Can be negative. */
  readonly perName: number
  /** Tokens that open the chat and the reply, once per request. */
  readonly perReply: number
  /** Whether the vendor has published these figures, or the format that they are counted from; else they are an assumption. */
  readonly documented: boolean
  /** Where the figures come from. */
  readonly source: string
}

/**
 * What a chat costs beside its texts. A request counts
 * `sum(count(content) + perMessage) + sum over named messages (count(name) + perName) + perReply`.
 */
export interface ChatOverhead extends ChatFigures {
  /** The beginning of the model's name that was found in the table. */
  readonly family: string
}

/** The chat overhead of a model's family. Throws `UnknownModelError` for a model of no known family. */
export function chatOverhead(model: string): ChatOverhead {
  if (typeof model !== 'string') {
    throw new TypeError(`Expected "model" to be the name of a model, got ${describeValue(model)}.`)
  }
  const family = findModelPrefix(model, chatFamilies.keys())
  const figures = family === undefined ? undefined : chatFamilies.get(family)
  if (family === undefined || figures === undefined) {
    throw new UnknownModelError(model, [...chatFamilies.keys()], 'Ask for the family that the model is closest to.')
  }
  return Object.freeze({ family, ...figures })
}
