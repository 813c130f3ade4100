import type { MediaMessage } from '../message.ts'
import { isWebAddress, mediaSource, refuseSource, refuseType } from '../wire/media-source.ts'
import { vendorFields } from '../wire/vendor-fields.ts'
import type { WireEntry } from '../wire/wire-entry.ts'
import { openai, type OpenAIUserPart, partFields } from './openai-message.ts'

/** The images that the API takes. */
export const images: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])

const audio = new Map<string, 'wav' | 'mp3'>([
  ['audio/wav', 'wav'],
  ['audio/wave', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
])

/** The types that `fromOpenAI` gives to sounds. */
export const audioTypes: Readonly<Record<string, string>> = { wav: 'audio/wav', mp3: 'audio/mpeg' }

/** A medium as the API takes it. Throws `UnsupportedMessageError` for others. */
export function toOpenAIMedia(entry: WireEntry<MediaMessage>): OpenAIUserPart {
  const source = mediaSource(entry.message)
  const { mimeType } = source
  const { detail, filename } = vendorFields(entry, openai)
  const fields = partFields(entry)
  const image = images.has(mimeType)
  if (image && (source.type === 'data' || isWebAddress(source.url))) {
    const url = source.type === 'data' ? `data:${mimeType};base64,${source.data}` : source.url
    return { ...fields, type: 'image_url', image_url: isDetail(detail) ? { url, detail } : { url } }
  }
  const format = audio.get(mimeType)
  if (!image && format === undefined && mimeType !== 'application/pdf') {
    throw refuseType(openai, entry, source, 'images (PNG, JPEG, WebP, GIF), PDF, WAV and MP3')
  }
  if (source.type === 'url') throw refuseSource(openai, entry, source, image ? '"data" or a web address' : '"data"')
  if (format !== undefined) return { ...fields, type: 'input_audio', input_audio: { data: source.data, format } }
  const name = typeof filename === 'string' ? filename : 'document.pdf'
  return { ...fields, type: 'file', file: { filename: name, file_data: `data:${mimeType};base64,${source.data}` } }
}

function isDetail(value: unknown): value is 'auto' | 'low' | 'high' {
  return value === 'auto' || value === 'low' || value === 'high'
}
