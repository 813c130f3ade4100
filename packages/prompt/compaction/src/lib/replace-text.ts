import type { Context, Message, MessageInput } from '@empire/context'
import { describeValue } from '@empire/errors'

const tagOf = { shorten: 'shortened', stub: 'stub' } as const

/**
 * The message with another text, and a tag that says so. It keeps its id and what the caller gave with it, but not its
 * template. Throws `TypeError` for a message that is not made of text.
 */
export function replaceText(context: Context, message: Message, action: 'shorten' | 'stub', text: string): Message {
  if (typeof text !== 'string') throw new TypeError(`"text" must be a string, got ${describeValue(text)}.`)
  const { id, name, metadata, priority } = message
  const tags = [...new Set([...(message.tags ?? []), tagOf[action]])]
  const parts = { id, raw: text, name, tags, metadata, priority }
  switch (message.role) {
    case 'system':
    case 'user':
    case 'assistant':
      return create(context, { ...parts, role: message.role })
    case 'tool_result': {
      const { callId, tool, isError } = message
      return create(context, { ...parts, role: 'tool_result', callId, tool, result: text, isError })
    }
    default:
      throw new TypeError(`A message of the role ${message.role} has no text to ${action}. Remove it instead.`)
  }
}

function create(context: Context, input: MessageInput): Message {
  return context.withMessages([input]).messages[0] as Message
}
