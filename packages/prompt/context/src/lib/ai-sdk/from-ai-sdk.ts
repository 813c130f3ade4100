import type { Context } from '../context.ts'
import type { ContextOptions } from '../context-options.ts'
import { createHistoryBuilder, type HistoryBuilder } from '../wire/history-builder.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import { type Fields, otherFields, vendorMetadata } from '../wire/vendor-fields.ts'
import { aiSdk } from './ai-sdk-message.ts'
import { readAiSdkMedia } from './read-ai-sdk-media.ts'
import { readAiSdkOutput } from './read-ai-sdk-output.ts'

/** What `fromAiSdk` reads: options of `generateText`, or a part of them. */
export interface AiSdkHistory {
  readonly instructions?: string | object | readonly object[] | undefined
  /** What `instructions` was called before. */
  readonly system?: string | object | readonly object[] | undefined
  readonly messages: readonly object[]
}

const read = createHistoryReader(aiSdk)

/**
 * A context of a history of the AI SDK: an array of `ModelMessage`, or the options that hold one. The other way round from
 * `toAiSdk`: each part is a message of its own. Reasoning is kept with the message behind it, and options for providers in
 * `metadata.aiSdk`; those of a whole message are those of its last part.
 *
 * `options` are those of the context. Throws `InvalidHistoryError` with the path of what a context has no form for, such
 * as approvals, calls that the provider made itself, or references to uploaded files.
 */
export function fromAiSdk(history: readonly object[] | AiSdkHistory, options?: ContextOptions): Context {
  const builder = createHistoryBuilder(aiSdk, options)
  const { instructions, system, messages } = (
    Array.isArray(history) ? { messages: history } : read.object(history, 'history')
  ) as Fields
  if (instructions !== undefined && instructions !== null) readInstructions(instructions, 'instructions', builder)
  else if (system !== undefined && system !== null) readInstructions(system, 'system', builder)
  for (const [index, value] of read.list(messages, 'messages').entries()) {
    const path = `messages[${index}]`
    readMessage(read.object(value, path), path, builder)
  }
  return builder.context
}

function readInstructions(given: unknown, path: string, builder: HistoryBuilder): void {
  if (typeof given === 'string') return builder.add(path, { role: 'system', raw: given })
  const list: [unknown, string][] = Array.isArray(given)
    ? given.map((value, index) => [value, `${path}[${index}]`])
    : [[given, path]]
  for (const [value, at] of list) readMessage({ ...read.object(value, at), role: 'system' }, at, builder)
}

function readMessage(message: Fields, path: string, builder: HistoryBuilder): void {
  const { role, content } = message
  const at = `${path}.content`
  if (role === 'system') {
    const raw = read.text(content, at)
    return builder.add(path, { role, raw, ...keep(message, ['role', 'content']) })
  }
  if (role !== 'user' && role !== 'assistant' && role !== 'tool') {
    throw read.refuse(`${path}.role`, '"system", "user", "assistant" or "tool"', role)
  }
  const parts =
    typeof content === 'string' && role !== 'tool' ? [{ type: 'text', text: content }] : read.list(content, at)
  let reasoning: Fields[] = []
  for (const [index, value] of parts.entries()) {
    const where = `${at}[${index}]`
    const part = passOn(message, read.object(value, where), index === parts.length - 1)
    if (part['type'] === 'reasoning' && role === 'assistant') {
      read.text(part['text'], `${where}.text`)
      reasoning.push(part)
      continue
    }
    readPart(part, where, role, reasoning, builder)
    reasoning = []
  }
  if (reasoning.length > 0) builder.add(at, { role: 'assistant', raw: '', ...vendorMetadata(aiSdk, { reasoning }) })
}

/** The options of a message are those of its last part, whose own win. */
function passOn(message: Fields, part: Fields, last: boolean): Fields {
  const { providerOptions } = message
  if (!last || providerOptions === undefined || providerOptions === null) return part
  return { ...part, providerOptions: { ...(providerOptions as Fields), ...(part['providerOptions'] as Fields) } }
}

function readPart(
  part: Fields,
  path: string,
  role: 'user' | 'assistant' | 'tool',
  reasoning: Fields[],
  builder: HistoryBuilder,
): void {
  const { type, toolCallId, toolName } = part
  const more = reasoning.length === 0 ? {} : { reasoning }
  if (type === 'text' && role !== 'tool') {
    return builder.add(path, { role, raw: read.text(part['text'], `${path}.text`), ...keep(part, ['text'], more) })
  }
  if (role === 'user') return builder.add(path, readAiSdkMedia(part, path))
  if (type === 'tool-call' && role === 'assistant' && part['providerExecuted'] !== true) {
    return builder.add(path, {
      role: 'tool',
      callId: read.text(toolCallId, `${path}.toolCallId`),
      tool: read.text(toolName, `${path}.toolName`),
      args: read.object(part['input'], `${path}.input`),
      ...keep(part, ['toolCallId', 'toolName', 'input', 'providerExecuted'], more),
    })
  }
  if (type === 'tool-result' && role === 'tool') {
    const { output, ...result } = readAiSdkOutput(part['output'], `${path}.output`)
    return builder.add(path, {
      role: 'tool_result',
      callId: read.text(toolCallId, `${path}.toolCallId`),
      tool: read.text(toolName, `${path}.toolName`),
      ...result,
      ...keep(part, ['toolCallId', 'toolName', 'output'], output === undefined ? {} : { output }),
    })
  }
  if (type === 'tool-call' && role === 'assistant') {
    throw read.refuse(`${path}.providerExecuted`, 'a call that the provider did not make itself', true)
  }
  throw read.refuse(`${path}.type`, role === 'tool' ? '"tool-result"' : '"text", "reasoning" or "tool-call"', type)
}

function keep(part: Fields, known: readonly string[], more: Fields = {}): ReturnType<typeof vendorMetadata> {
  return vendorMetadata(aiSdk, { ...otherFields(part, ['type', ...known]), ...more })
}
