import type { MediaMessage } from '../message.ts'
import { isWebAddress, mediaSource, refuseSource, refuseType } from '../wire/media-source.ts'
import type { Fields } from '../wire/vendor-fields.ts'
import type { WireEntry } from '../wire/wire-entry.ts'
import { fileIdOf } from './claude-file.ts'
import {
  claude,
  claudeImages,
  type ClaudeImageType,
  type ClaudeMediaBlock,
  type ClaudeUploadBlock,
} from './claude-message.ts'

/** A medium as the API takes it, with more fields. Throws `UnsupportedMessageError` for others. */
export function toClaudeMedia(entry: WireEntry<MediaMessage>, fields: Fields): ClaudeMediaBlock | ClaudeUploadBlock {
  const source = mediaSource(entry.message)
  const { mimeType } = source
  const image = isImageType(mimeType)
  const file = source.type === 'url' ? fileIdOf(source.url) : undefined
  if (file !== undefined) {
    if (!image && mimeType !== 'application/pdf' && mimeType !== 'text/plain') {
      return { ...fields, type: 'container_upload', file_id: file }
    }
    return { ...fields, type: image ? 'image' : 'document', source: { type: 'file', file_id: file } }
  }
  if (mimeType === 'text/plain') {
    const data = source.type === 'data' ? decodeText(source.data) : undefined
    if (data === undefined) throw refuseSource(claude, entry, source, '"data" in UTF-8')
    return { ...fields, type: 'document', source: { type: 'text', media_type: mimeType, data } }
  }
  if (!image && mimeType !== 'application/pdf') {
    throw refuseType(claude, entry, source, 'images (JPEG, PNG, GIF, WebP), PDF and plain text')
  }
  if (source.type === 'url') {
    const { url } = source
    if (!isWebAddress(url)) throw refuseSource(claude, entry, source, '"data" or a web address')
    return { ...fields, type: image ? 'image' : 'document', source: { type: 'url', url } }
  }
  const { data } = source
  return image
    ? { ...fields, type: 'image', source: { type: 'base64', media_type: mimeType, data } }
    : { ...fields, type: 'document', source: { type: 'base64', media_type: mimeType, data } }
}

function isImageType(type: string): type is ClaudeImageType {
  return claudeImages.has(type)
}

function decodeText(data: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(data, 'base64'))
  } catch {
    return undefined
  }
}
