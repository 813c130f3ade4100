import { jsonText } from '@empire/record'
import type { Context } from '../context.ts'
import type { ToolCallMessage, ToolResultMessage } from '../message.ts'
import { listTurns, type Turn } from '../wire/turns.ts'
import { vendorFields } from '../wire/vendor-fields.ts'
import { listEntries, type WireEntry } from '../wire/wire-entry.ts'
import { checkWireOptions, type WireOptions } from '../wire/wire-options.ts'
import { toOpenAIMedia } from './openai-media.ts'
import {
  openai,
  partFields,
  type OpenAIAssistantPart,
  type OpenAIMessage,
  type OpenAITextPart,
  type OpenAIToolCall,
  type OpenAIUserPart,
} from './openai-message.ts'

/**
 * The `messages` of a request to OpenAI's Chat Completions API, and to the many servers that speak it:
 * `chat.completions.create({ model, messages: toOpenAI(context) })`. The Responses API takes something else.
 *
 * Neighbours of one role and name become one message, with parts where it is more than one text. Calls are in the
 * `tool_calls` of the assistant's message, their results in the messages right behind it, in the order of the calls. The
 * API has no field for a result that is an error: its text gets `Error: ` in front. System messages stay where they are.
 *
 * Media: images (PNG, JPEG, WebP, GIF) by web address or data, PDF, WAV and MP3 by data only.
 *
 * `metadata.openai` of a message: `role: 'developer'` (system), `refusal: true` (assistant), `detail` (image),
 * `filename` (PDF; `document.pdf` without), and whatever else its part or call is to have, such as
 * `prompt_cache_breakpoint`.
 *
 * Throws `UnsupportedMessageError` for what the API has no form for, such as a call without a result, and what rendering
 * throws.
 */
export function toOpenAI(context: Context, options: WireOptions = {}): OpenAIMessage[] {
  checkWireOptions(options)
  return listTurns(listEntries(context, openai, options), openai, speakerOf).flatMap(writeTurn)
}

/** Names and roles that are to stay apart; media and calls without a name go with what is around them. */
function speakerOf(entry: WireEntry): string | undefined {
  const { message, name } = entry
  if (message.role === 'system') return `${systemRole(entry)} ${name ?? ''}`
  return message.role === 'user' || message.role === 'assistant' ? (name ?? '') : name
}

function systemRole(entry: WireEntry): 'system' | 'developer' {
  return vendorFields(entry, openai)['role'] === 'developer' ? 'developer' : 'system'
}

function writeTurn({ role, results, entries }: Turn): OpenAIMessage[] {
  const messages: OpenAIMessage[] = results.map(writeResult)
  const [first] = entries
  if (first === undefined) return messages
  const name = entries.find((entry) => entry.name !== undefined)?.name
  const named = name === undefined ? {} : { name }
  if (role === 'system') messages.push({ role: systemRole(first), content: compact(entries.map(writeText)), ...named })
  else if (role === 'user') messages.push({ role, content: compact(entries.map(writeUserPart)), ...named })
  else messages.push({ role, ...writeAnswer(entries), ...named })
  return messages
}

function writeAnswer(entries: readonly WireEntry[]): {
  content: string | OpenAIAssistantPart[] | null
  tool_calls?: OpenAIToolCall[]
} {
  const parts: OpenAIAssistantPart[] = []
  const calls: OpenAIToolCall[] = []
  for (const entry of entries) {
    const { message, text } = entry
    if (message.role === 'tool') calls.push(writeCall({ ...entry, message }))
    else if (vendorFields(entry, openai)['refusal'] === true) parts.push({ type: 'refusal', refusal: text })
    else parts.push(writeText(entry))
  }
  const content = compact(parts)
  return calls.length === 0 ? { content } : { content: content === '' ? null : content, tool_calls: calls }
}

function writeCall(entry: WireEntry<ToolCallMessage>): OpenAIToolCall {
  const { callId, tool, args } = entry.message
  return { ...partFields(entry), type: 'function', id: callId, function: { name: tool, arguments: jsonText(args) } }
}

function writeResult({ message, text }: WireEntry<ToolResultMessage>): OpenAIMessage {
  const content = message.isError === true ? `Error: ${text}` : text
  return { role: 'tool', tool_call_id: message.callId, content }
}

function writeUserPart(entry: WireEntry): OpenAIUserPart {
  const { message } = entry
  return message.role === 'media' ? toOpenAIMedia({ ...entry, message }) : writeText(entry)
}

function writeText(entry: WireEntry): OpenAITextPart {
  return { ...partFields(entry), type: 'text', text: entry.text }
}

/** One text is itself: not every server takes parts. Empty ones say nothing beside others. */
function compact<Part extends { type: string }>(all: Part[]): string | Part[] {
  const parts = all.filter((part) => !('text' in part) || part.text !== '')
  const [only] = parts
  if (only === undefined) return ''
  return parts.length === 1 && 'text' in only && Object.keys(only).length === 2 ? String(only.text) : parts
}
