import { describeValue } from '@empire/errors'
import { chatFamilies, type ChatFigures } from './chat-families.ts'
import { findModelPrefix } from './model-prefix.ts'
import { UnknownModelError } from './unknown-model-error.ts'

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
    throw new UnknownModelError(
      model,
      [...chatFamilies.keys()],
      'Ask for the family that the model is closest to; a context estimates with { onUnknownModel: "estimate" }.',
    )
  }
  return Object.freeze({ family, ...figures })
}
