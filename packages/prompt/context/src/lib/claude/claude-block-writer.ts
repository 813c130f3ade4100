import type { ToolCallMessage, ToolResultMessage } from '../message.ts'
import { otherFields, vendorFields, type Fields } from '../wire/vendor-fields.ts'
import { isBlank, refuse, type WireEntry } from '../wire/wire-entry.ts'
import { toClaudeMedia } from './claude-media.ts'
import {
  claude,
  type ClaudeMediaBlock,
  type ClaudeTextBlock,
  type ClaudeThinkingBlock,
  type ClaudeToolResultBlock,
  type ClaudeToolUseBlock,
  isThinking,
} from './claude-message.ts'

/** Writes the blocks of one conversation. Blank texts are left out. */
export interface BlockWriter {
  texts(entries: readonly WireEntry[]): ClaudeTextBlock[]
  userBlocks(entries: readonly WireEntry[]): (ClaudeTextBlock | ClaudeMediaBlock)[]
  assistantBlocks(entries: readonly WireEntry[]): (ClaudeThinkingBlock | ClaudeTextBlock | ClaudeToolUseBlock)[]
  result(entry: WireEntry<ToolResultMessage>): ClaudeToolResultBlock
}

/** Fields with a meaning of their own in `metadata.claude`; the others are those of the block. */
const reserved = ['thinking', 'blocks']

/** A writer that knows the ids of the calls it has written: no two may be alike. */
export function createBlockWriter(): BlockWriter {
  const used = new Set<string>()

  function writeCall(entry: WireEntry<ToolCallMessage>): ClaudeToolUseBlock {
    const { callId, tool, args } = entry.message
    const id = wireId(callId)
    if (used.has(id)) {
      const problem = `it wants an id of its own for each call, and an earlier one has ${JSON.stringify(id)} too.`
      throw refuse(claude, entry, 'duplicate_call', problem)
    }
    used.add(id)
    return { ...blockFields(entry), type: 'tool_use', id, name: tool, input: args }
  }

  return {
    texts: (entries) => entries.filter(({ text }) => !isBlank(text)).map(writeText),
    userBlocks: (entries) =>
      entries.flatMap((entry) => {
        const { message, text } = entry
        if (message.role === 'media') return [toClaudeMedia({ ...entry, message }, blockFields(entry))]
        return isBlank(text) ? [] : [writeText(entry)]
      }),
    assistantBlocks: (entries) =>
      entries.flatMap((entry) => {
        const { message, text } = entry
        const thinking = thinkingOf(entry)
        if (message.role === 'tool') return [...thinking, writeCall({ ...entry, message })]
        return isBlank(text) ? thinking : [...thinking, writeText(entry)]
      }),
    result: writeResult,
  }
}

function writeText(entry: WireEntry): ClaudeTextBlock {
  return { ...blockFields(entry), type: 'text', text: entry.text }
}

function writeResult(entry: WireEntry<ToolResultMessage>): ClaudeToolResultBlock {
  const { callId, result, isError, template } = entry.message
  const whole = vendorFields(entry, claude)['blocks'] === true && template === undefined && Array.isArray(result)
  const content = whole ? (result as ClaudeTextBlock[]) : entry.text
  return {
    ...blockFields(entry),
    type: 'tool_result',
    tool_use_id: wireId(callId),
    ...(content.length === 0 ? {} : { content }),
    ...(isError === true ? { is_error: true } : {}),
  }
}

function blockFields(entry: WireEntry): Fields {
  return otherFields(vendorFields(entry, claude), reserved)
}

function thinkingOf(entry: WireEntry): ClaudeThinkingBlock[] {
  const { thinking } = vendorFields(entry, claude)
  if (thinking === undefined) return []
  if (Array.isArray(thinking) && thinking.every(isThinkingBlock)) return thinking
  throw refuse(claude, entry, 'metadata', 'its metadata.claude.thinking is to be an array of thinking blocks.')
}

function isThinkingBlock(block: unknown): block is ClaudeThinkingBlock {
  return typeof block === 'object' && block !== null && isThinking(block)
}

/** The API takes letters, digits, `_` and `-`. */
function wireId(callId: string): string {
  return callId.replaceAll(/[^\w-]/g, (unit) => `_${unit.charCodeAt(0).toString(16)}`)
}
