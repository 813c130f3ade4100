import type { MediaMessageInput } from '../message-input.ts'
import { typeOfAddress } from '../wire/media-source.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import type { Fields } from '../wire/vendor-fields.ts'
import { fileAddress } from './claude-file.ts'
import { claude, claudeImages } from './claude-message.ts'

const read = createHistoryReader(claude)

/** An image or a document. */
export function readClaudeMedia(block: Fields, path: string): MediaMessageInput {
  const { type } = block
  if (type !== 'image' && type !== 'document') {
    throw read.refuse(`${path}.type`, '"text", "image", "document", "container_upload" or "tool_result"', type)
  }
  const at = `${path}.source`
  const source = read.object(block['source'], at)
  if (source['type'] === 'url') {
    const url = read.text(source['url'], `${at}.url`)
    const mimeType = type === 'document' ? 'application/pdf' : typeOfAddress(url, claudeImages, 'image/png')
    return { role: 'media', url, mimeType }
  }
  if (source['type'] === 'file') {
    const url = fileAddress(read.text(source['file_id'], `${at}.file_id`))
    return { role: 'media', url, mimeType: type === 'document' ? 'application/pdf' : 'image/png' }
  }
  const data = () => read.text(source['data'], `${at}.data`)
  if (source['type'] === 'base64') {
    return { role: 'media', data: data(), mimeType: read.text(source['media_type'], `${at}.media_type`) }
  }
  if (source['type'] === 'text' && type === 'document') {
    return { role: 'media', data: Buffer.from(data()).toString('base64'), mimeType: 'text/plain' }
  }
  throw read.refuse(
    `${at}.type`,
    type === 'image' ? '"base64", "url" or "file"' : '"base64", "url", "file" or "text"',
    source['type'],
  )
}

/** A file for the programs that Claude runs. What it is, only the Files API knows. */
export function readClaudeUpload(block: Fields, path: string): MediaMessageInput {
  const url = fileAddress(read.text(block['file_id'], `${path}.file_id`))
  return { role: 'media', url, mimeType: 'application/octet-stream' }
}

/** Whether a block is a text and nothing more. */
export function isPlainText(block: Fields): boolean {
  return (
    block['type'] === 'text' &&
    Object.values(block).filter((value) => value !== undefined && value !== null).length === 2
  )
}
