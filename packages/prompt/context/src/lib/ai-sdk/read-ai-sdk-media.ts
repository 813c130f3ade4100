import { detectMimeType } from '../detect-mime-type.ts'
import { isRecord } from '../is-record.ts'
import type { MediaMessageInput } from '../message-input.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import { isWebAddress } from '../wire/media-source.ts'
import { type Fields, otherFields, vendorMetadata } from '../wire/vendor-fields.ts'
import { aiSdk } from './ai-sdk-message.ts'

const read = createHistoryReader(aiSdk)

/** A file or an image. */
export function readAiSdkMedia(part: Fields, path: string): MediaMessageInput {
  const { type, mediaType } = part
  if (type !== 'file' && type !== 'image') throw read.refuse(`${path}.type`, '"text", "file" or "image"', type)
  const name = type === 'file' ? 'data' : 'image'
  const content = readContent(part[name], `${path}.${name}`)
  return {
    role: 'media',
    ...content,
    mimeType: fullType(mediaType ?? type, content, `${path}.mediaType`),
    ...vendorMetadata(aiSdk, otherFields(part, ['type', 'mediaType', name])),
  }
}

function readContent(value: unknown, path: string): { url: string } | { data: string } {
  if (value instanceof URL) return { url: value.href }
  if (value instanceof Uint8Array) return { data: encode(value) }
  if (value instanceof ArrayBuffer) return { data: encode(new Uint8Array(value)) }
  if (typeof value === 'string') return isAddress(value) ? { url: value } : { data: value }
  if (isRecord(value)) {
    const { type, url, data, text } = value
    if (type === 'data') return readContent(data, `${path}.data`)
    if (type === 'url') return { url: url instanceof URL ? url.href : read.text(url, `${path}.url`) }
    if (type === 'text') return { data: Buffer.from(read.text(text, `${path}.text`)).toString('base64') }
  }
  throw read.refuse(path, 'bytes, base64, an address or a text', value)
}

function isAddress(text: string): boolean {
  return isWebAddress(text) || /^data:/i.test(text)
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** The SDK takes `image` and `image/*` too, and finds out the rest by itself. */
function fullType(given: unknown, content: { url: string } | { data: string }, path: string): string {
  const type = read.text(given, path)
  if (type.includes('/') && !type.endsWith('/*')) return type
  if (!/^image(?:\/\*)?$/.test(type)) throw read.refuse(path, 'a whole media type such as "audio/wav"', given)
  if ('url' in content) return detectMimeType(content.url) ?? 'image/png'
  const [, found = 'image/png'] = heads.find(([head]) => content.data.startsWith(head)) ?? []
  return found
}

/** What images begin with, in base64. */
const heads: readonly [head: string, type: string][] = [
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
]
