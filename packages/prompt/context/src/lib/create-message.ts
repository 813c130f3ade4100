import { createMediaMessage } from './create-media-message.ts'
import { createPromptMessage } from './create-prompt-message.ts'
import { createToolCallMessage } from './create-tool-call-message.ts'
import { createToolResultMessage } from './create-tool-result-message.ts'
import { InvalidRoleError } from './invalid-role-error.ts'
import { isRecord } from './is-record.ts'
import { isKnownMessage } from './known-message.ts'
import type { Message } from './message.ts'
import type { MessageInput } from './message-input.ts'
import type { MessageMaker } from './message-maker.ts'
import { mismatch } from './mismatch.ts'

/** The message as it is kept: itself, if it was made here. Throws `InvalidRoleError`, or what the maker of its kind throws. */
export function createMessage(input: MessageInput, maker: MessageMaker): Message {
  if (isKnownMessage(input)) return input
  if (!isRecord(input)) throw mismatch('message', 'an object such as { role: "user", raw: "Hello" }', input)
  switch (input.role) {
    case 'system':
    case 'user':
    case 'assistant':
      return createPromptMessage(input, maker)
    case 'tool':
      return createToolCallMessage(input, maker)
    case 'tool_result':
      return createToolResultMessage(input, maker)
    case 'media':
      return createMediaMessage(input, maker)
    default:
      throw new InvalidRoleError((input as { role?: unknown }).role)
  }
}
