import { isRecord } from '../is-record.ts'
import type { MediaMessage, ToolCallMessage, ToolResultMessage } from '../message.ts'
import { mediaSource, refuseSource, refuseType } from '../wire/media-source.ts'
import { type Fields, otherFields, vendorFields } from '../wire/vendor-fields.ts'
import { isBlank, refuse, type WireEntry } from '../wire/wire-entry.ts'
import { gemini, type GeminiPart } from './gemini-content.ts'

/** A text; none if it is blank and nothing is kept with it. */
export function writeText(entry: WireEntry): GeminiPart[] {
  const fields = partFields(entry)
  return isBlank(entry.text) && Object.keys(fields).length === 0 ? [] : [{ ...fields, text: entry.text }]
}

/** What the model thought before what it said. */
export function writeThoughts(entry: WireEntry): GeminiPart[] {
  const { thoughts } = vendorFields(entry, gemini)
  if (thoughts === undefined) return []
  if (Array.isArray(thoughts) && thoughts.every(isRecord)) return thoughts
  throw refuse(gemini, entry, 'metadata', 'its metadata.gemini.thoughts is to be an array of parts.')
}

/** A call. */
export function writeCall(entry: WireEntry<ToolCallMessage>): GeminiPart {
  const { callId, tool, args } = entry.message
  return { ...partFields(entry), functionCall: { id: callId, name: tool, args } }
}

/** A result. */
export function writeResult(entry: WireEntry<ToolResultMessage>): GeminiPart {
  const { callId, tool } = entry.message
  return { ...partFields(entry), functionResponse: { id: callId, name: tool, response: responseOf(entry) } }
}

function responseOf({ message, text }: WireEntry<ToolResultMessage>): Record<string, unknown> {
  const result = message.template === undefined ? message.result : text
  if (message.isError === true) return { error: result }
  // The API reads these two keys its own way.
  const whole = isRecord(result) && !Object.hasOwn(result, 'output') && !Object.hasOwn(result, 'error')
  return whole ? result : { output: result }
}

/** A text or a medium. */
export function writeUserPart(entry: WireEntry): GeminiPart[] {
  const { message } = entry
  return message.role === 'media' ? [writeMedia({ ...entry, message })] : writeText(entry)
}

function writeMedia(entry: WireEntry<MediaMessage>): GeminiPart {
  const source = mediaSource(entry.message)
  const { mimeType } = source
  if (!/^(?:image|audio|video|text)\/|^application\/(?:pdf|json)$/.test(mimeType)) {
    throw refuseType(gemini, entry, source, 'images, sounds, videos, texts and PDF')
  }
  const fields = partFields(entry)
  if (source.type === 'data') return { ...fields, inlineData: { mimeType, data: source.data } }
  if (/^data:/i.test(source.url)) throw refuseSource(gemini, entry, source, '"data" or an address of a file')
  return { ...fields, fileData: { mimeType, fileUri: source.url } }
}

function partFields(entry: WireEntry): Fields {
  return otherFields(vendorFields(entry, gemini), ['thoughts'])
}
