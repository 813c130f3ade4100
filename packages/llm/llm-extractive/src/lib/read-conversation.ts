import type { RenderedMessage } from '@empire/context'

/** A text that may be quoted. */
export interface Passage {
  /** What a quote of it is followed by: `[1]`. */
  readonly marker: string
  /** Where it comes from, as its label says. May be empty. */
  readonly origin: string
  readonly text: string
}

/** What a request asks, and of which passages. */
export interface Conversation {
  readonly question: string
  readonly passages: readonly Passage[]
}

/** The last user message is the question, every earlier user message is a passage. */
export function readConversation(messages: readonly RenderedMessage[]): Conversation {
  const texts = messages.filter(({ role }) => role === 'user').map(({ content }) => content)
  const question = texts.pop() ?? ''
  return { question, passages: texts.map((text, index) => readPassage(text, index + 1)) }
}

const label = /^\uFEFF?\[(\d{1,9})\](?:[ \t]+([^\r\n]*))?(?:\r\n|\r|\n|$)/

/** A first line `[7] docs/a.md:12` is the label of the lines below it; without one, a passage is cited by its position. */
function readPassage(text: string, position: number): Passage {
  const match = label.exec(text)
  if (match === null) return { marker: `[${position}]`, origin: '', text }
  const [whole, number, origin = ''] = match
  const rest = text.slice(whole.length)
  return rest.trim() === ''
    ? { marker: `[${number}]`, origin: '', text: origin }
    : { marker: `[${number}]`, origin, text: rest }
}
