import type { Assigns } from '@empire/template'
import type { Message } from './message.ts'
import { type Renderers, renderMessage } from './render-message.ts'

/** The text of each message, rendered when it is asked for. */
export function* renderTexts(messages: readonly Message[], renderers: Renderers, assigns?: Assigns): Generator<string> {
  for (const [index, message] of messages.entries()) yield renderMessage(message, index, renderers, assigns)
}

/** The texts joined by one newline, in pieces that are not empty. */
export function* joinTexts(texts: Iterable<string>): Generator<string, void, undefined> {
  let isFirst = true
  for (const text of texts) {
    const piece = isFirst ? text : `\n${text}`
    if (piece !== '') yield piece
    isFirst = false
  }
}
