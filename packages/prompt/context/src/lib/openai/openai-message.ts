import { type Fields, otherFields, vendorFields } from '../wire/vendor-fields.ts'
import type { Vendor, WireEntry } from '../wire/wire-entry.ts'

/** A piece of what the user says. */
export type OpenAIUserPart =
  | OpenAITextPart
  | { type: 'image_url'; image_url: { url: string; detail?: 'auto' | 'low' | 'high' } }
  | { type: 'input_audio'; input_audio: { data: string; format: 'wav' | 'mp3' } }
  | { type: 'file'; file: { filename: string; file_data: string } }

/** A piece of text. */
export interface OpenAITextPart {
  type: 'text'
  text: string
}

/** A piece of what the assistant said. */
export type OpenAIAssistantPart = OpenAITextPart | { type: 'refusal'; refusal: string }

/** A call of a function; `arguments` is JSON. */
export interface OpenAIToolCall {
  type: 'function'
  id: string
  function: { name: string; arguments: string }
}

/** A message of the Chat Completions API, as `toOpenAI` writes it. */
export type OpenAIMessage =
  | { role: 'system' | 'developer'; content: string | OpenAITextPart[]; name?: string }
  | { role: 'user'; content: string | OpenAIUserPart[]; name?: string }
  | { role: 'assistant'; content: string | OpenAIAssistantPart[] | null; name?: string; tool_calls?: OpenAIToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string }

export const openai: Vendor = {
  name: 'OpenAI',
  key: 'openai',
  named: new Set(['system', 'user', 'assistant', 'tool', 'media']),
  namePattern: /^[^\s<|\\/>]{1,64}$/,
}

/** Fields with a meaning of their own in `metadata.openai`; the others are those of the part. */
const reserved = ['role', 'refusal', 'detail', 'filename']

/** What the part of an entry is to have beside its content. */
export function partFields(entry: WireEntry): Fields {
  return otherFields(vendorFields(entry, openai), reserved)
}
