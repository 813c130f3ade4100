import type { Context, Message } from '@empire/context'
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
  // A result can only be added behind its call.
  const empty = context.slice(0, 0)
  switch (message.role) {
    case 'system':
    case 'user':
    case 'assistant':
      return empty.add({ ...parts, role: message.role }).messages[0] as Message
    case 'tool_result': {
      const { callId, tool, isError } = message
      const answered = empty
        .toolCall({ id: callId, tool, args: {} })
        .add({ ...parts, role: 'tool_result', callId, tool, result: text, isError })
      return answered.messages[1] as Message
    }
    default:
      throw new TypeError(`A message of the role ${message.role} has no text to ${action}. Remove it instead.`)
  }
}
