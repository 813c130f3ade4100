import { isRecord } from '../is-record.ts'
import type { ToolResultMessage } from '../message.ts'
import { isWebAddress, mediaSource, refuseSource } from '../wire/media-source.ts'
import { otherFields, vendorFields } from '../wire/vendor-fields.ts'
import { refuse, type WireEntry } from '../wire/wire-entry.ts'
import {
  aiSdk,
  type AiSdkFilePart,
  type AiSdkJson,
  type AiSdkProviderOptions,
  type AiSdkReasoningPart,
  type AiSdkSystemMessage,
  type AiSdkTextPart,
  type AiSdkToolCallPart,
  type AiSdkToolResultPart,
} from './ai-sdk-message.ts'

/** What a part is to have beside its content. */
type PartOptions = { providerOptions?: AiSdkProviderOptions; filename?: string }

/** A system message. */
export function writeSystem(entry: WireEntry): AiSdkSystemMessage {
  return { ...partOptions(entry), role: 'system', content: entry.text }
}

/** A text or a medium. */
export function writeUserPart(entry: WireEntry): AiSdkTextPart | AiSdkFilePart {
  const { message } = entry
  if (message.role !== 'media') return writeText(entry)
  const source = mediaSource(message)
  const { mimeType } = source
  const part = { ...partOptions(entry), type: 'file' as const, mediaType: mimeType }
  if (source.type === 'data') return { ...part, data: { type: 'data', data: source.data } }
  // Anything else the SDK takes for base64.
  if (!isWebAddress(source.url)) {
    throw refuseSource(aiSdk, { ...entry, message }, source, '"data" or a web address')
  }
  return { ...part, data: source.url }
}

/** A text or a call, behind what the model thought before. */
export function writeAnswer(entry: WireEntry): (AiSdkReasoningPart | AiSdkTextPart | AiSdkToolCallPart)[] {
  const { message } = entry
  const reasoning = reasoningOf(entry)
  if (message.role !== 'tool')
    return entry.text === '' && reasoning.length > 0 ? reasoning : [...reasoning, writeText(entry)]
  const { callId, tool, args } = message
  return [...reasoning, { ...partOptions(entry), type: 'tool-call', toolCallId: callId, toolName: tool, input: args }]
}

/** A result. */
export function writeResult(entry: WireEntry<ToolResultMessage>): AiSdkToolResultPart {
  const { callId, tool } = entry.message
  return {
    ...partOptions(entry),
    type: 'tool-result',
    toolCallId: callId,
    toolName: tool,
    output: outputOf(entry),
  }
}

function outputOf(entry: WireEntry<ToolResultMessage>): AiSdkToolResultPart['output'] {
  const { result, isError, template } = entry.message
  const { output } = vendorFields(entry, aiSdk)
  if (template === undefined && output === 'execution-denied') {
    return typeof result === 'string' ? { type: output, reason: result } : { type: output }
  }
  if (template === undefined && output === 'content' && Array.isArray(result)) {
    return { type: output, value: result } as unknown as AiSdkToolResultPart['output']
  }
  const failed = isError === true
  if (template !== undefined || typeof result === 'string') {
    return { type: failed ? 'error-text' : 'text', value: entry.text }
  }
  return { type: failed ? 'error-json' : 'json', value: result as AiSdkJson }
}

function writeText(entry: WireEntry): AiSdkTextPart {
  return { ...partOptions(entry), type: 'text', text: entry.text }
}

function partOptions(entry: WireEntry): PartOptions {
  return otherFields(vendorFields(entry, aiSdk), ['reasoning', 'output'])
}

function reasoningOf(entry: WireEntry): AiSdkReasoningPart[] {
  const { reasoning } = vendorFields(entry, aiSdk)
  if (reasoning === undefined) return []
  if (Array.isArray(reasoning) && reasoning.every(isReasoning)) return reasoning
  throw refuse(aiSdk, entry, 'metadata', 'its metadata.aiSdk.reasoning is to be an array of reasoning parts.')
}

function isReasoning(part: unknown): part is AiSdkReasoningPart {
  return isRecord(part) && part['type'] === 'reasoning' && typeof part['text'] === 'string'
}
