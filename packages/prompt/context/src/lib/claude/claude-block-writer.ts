import type { ToolCallMessage, ToolResultMessage } from '../message.ts'
import { otherFields, vendorFields, type Fields } from '../wire/vendor-fields.ts'
import { isBlank } from '../wire/is-blank.ts'
import { refuse, type WireEntry } from '../wire/wire-entry.ts'
import { createCallIds } from './claude-call-ids.ts'
import { toClaudeMedia } from './claude-media.ts'
import { isSolidText, readOrder } from './claude-order.ts'
import {
  claude,
  isServerBlock,
  type ClaudeMediaBlock,
  type ClaudeTextBlock,
  type ClaudeThinkingBlock,
  type ClaudeToolResultBlock,
  type ClaudeToolUseBlock,
  type ClaudeUploadBlock,
  isThinking,
} from './claude-message.ts'

type UserBlock = ClaudeTextBlock | ClaudeMediaBlock | ClaudeUploadBlock
type AssistantBlock = ClaudeThinkingBlock | ClaudeTextBlock | ClaudeToolUseBlock

/** Writes the blocks of one conversation. Blank texts are left out. */
export interface BlockWriter {
  texts(entries: readonly WireEntry[]): ClaudeTextBlock[]
  userBlocks(entries: readonly WireEntry[]): UserBlock[]
  assistantBlocks(entries: readonly WireEntry[]): AssistantBlock[]
  result(entry: WireEntry<ToolResultMessage>): ClaudeToolResultBlock
}

/** Fields with a meaning of their own in `metadata.claude`; the others are those of the block. */
const reserved = ['thinking', 'order', 'blocks']

/** A writer that gives each call of the conversation an id of its own, which the result behind it has too. */
export function createBlockWriter(): BlockWriter {
  const ids = createCallIds()

  function writeCall(entry: WireEntry<ToolCallMessage>): ClaudeToolUseBlock {
    const { callId, tool, args } = entry.message
    return { ...blockFields(entry), type: 'tool_use', id: ids.open(callId), name: tool, input: args }
  }

  function writeResult(entry: WireEntry<ToolResultMessage>): ClaudeToolResultBlock {
    const { callId, result, isError, template } = entry.message
    const whole = vendorFields(entry, claude)['blocks'] === true && template === undefined && Array.isArray(result)
    const content = whole ? (result as ClaudeTextBlock[]) : entry.text
    return {
      ...blockFields(entry),
      type: 'tool_result',
      tool_use_id: ids.close(callId),
      ...(content.length === 0 ? {} : { content }),
      ...(isError === true ? { is_error: true } : {}),
    }
  }

  return {
    texts: writeTexts,
    userBlocks: (entries) =>
      entries.flatMap((entry): UserBlock[] => {
        const { message } = entry
        if (message.role === 'media') return [toClaudeMedia({ ...entry, message }, blockFields(entry))]
        return writeTexts([entry])
      }),
    assistantBlocks(entries) {
      const calls = new Map(entries.flatMap((entry) => (isCall(entry) ? [[entry.message.callId, entry]] : [])))
      /** Each call once: an order may have put it before its message. */
      function takeCall(callId: string): ClaudeToolUseBlock[] {
        const call = calls.get(callId)
        calls.delete(callId)
        return call === undefined ? [] : [writeCall(call)]
      }
      return entries.flatMap((entry): AssistantBlock[] => {
        const thinking = thinkingOf(entry)
        const order = readOrder(entry, thinking.length)
        const rest = isCall(entry) ? entry.message.callId : undefined
        if (order === undefined) return [...thinking, ...(rest === undefined ? writeTexts([entry]) : takeCall(rest))]
        const last = order.findLast(isSolidText)
        const blocks = order.flatMap((place): AssistantBlock[] => {
          if (typeof place === 'number') return [thinking[place] as ClaudeThinkingBlock]
          if (place.type === 'tool_use') return takeCall(place.id)
          return isSolidText(place) ? [place === last ? { ...blockFields(entry), ...place } : place] : []
        })
        return rest === undefined ? blocks : [...blocks, ...takeCall(rest)]
      })
    },
    result: writeResult,
  }
}

function writeTexts(entries: readonly WireEntry[]): ClaudeTextBlock[] {
  return entries
    .filter(({ text }) => !isBlank(text))
    .map((entry) => ({ ...blockFields(entry), type: 'text', text: entry.text }))
}

function isCall(entry: WireEntry): entry is WireEntry<ToolCallMessage> {
  return entry.message.role === 'tool'
}

function blockFields(entry: WireEntry): Fields {
  return otherFields(vendorFields(entry, claude), reserved)
}

function thinkingOf(entry: WireEntry): ClaudeThinkingBlock[] {
  const { thinking } = vendorFields(entry, claude)
  if (thinking === undefined) return []
  if (Array.isArray(thinking) && thinking.every(isKeptBlock)) return thinking
  throw refuse(claude, entry, 'metadata', 'its metadata.claude.thinking is to be an array of thinking blocks.')
}

/** Thoughts, and what the API's own tools did: the API wants both back as they were. */
function isKeptBlock(block: unknown): block is ClaudeThinkingBlock {
  return typeof block === 'object' && block !== null && (isThinking(block) || isServerBlock(block))
}
