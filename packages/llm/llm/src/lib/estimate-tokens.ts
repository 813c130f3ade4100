import type { Message, RenderedMessage } from '@empire/context'
import { createEstimator } from '@empire/tokens'
import type { ToolDefinition } from './model-request.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { renderedMessages } from './rendered-messages.ts'
import { schemaDocument } from './schema-document.ts'

/** What a medium is taken for: about what vendors count for a picture of a megapixel. */
const perMedium = 1600
/** What most chats add around a message, and for the beginning of the reply. */
const perMessage = 4
const perReply = 3
/** UTF-16 units of a text that takes longer to count than to look up. */
const long = 1000

const estimator = createEstimator()
const counted = new WeakMap<object, number>()

/**
 * About how many tokens a request has: its messages, tools and the form of the answer. A long message, a tool or a form that
 * comes again is not counted again. A medium is taken for 1,600 tokens.
 */
export function estimateTokens(request: PreparedRequest): number {
  const { context, tools = [], output } = request
  const { messages } = context
  let tokens = perReply
  for (const [index, rendered] of renderedMessages(request).entries()) {
    const message = messages[index] as Message
    const isFixed = message.template === undefined && rendered.content.length >= long
    tokens += perMessage + (isFixed ? once(message, () => textOf(rendered)) : estimator.count(textOf(rendered)))
    if (message.role === 'media') tokens += perMedium
  }
  for (const tool of tools) tokens += once(tool, () => definitionOf(tool))
  if (output !== undefined) tokens += once(output.schema, () => JSON.stringify(schemaDocument(output.schema)))
  return tokens
}

function textOf(message: RenderedMessage): string {
  const { content, name } = message
  const text = message.role === 'tool' ? `${message.tool} ${content}` : content
  return name === undefined ? text : `${name} ${text}`
}

function definitionOf({ name, description = '', input }: ToolDefinition): string {
  return `${name} ${description} ${JSON.stringify(schemaDocument(input))}`
}

function once(about: object, write: () => string): number {
  let tokens = counted.get(about)
  if (tokens === undefined) {
    tokens = estimator.count(write())
    counted.set(about, tokens)
  }
  return tokens
}
