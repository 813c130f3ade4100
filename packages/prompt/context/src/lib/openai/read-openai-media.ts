import { detectMimeType } from '../detect-mime-type.ts'
import type { MediaMessageInput } from '../message-input.ts'
import { isWebAddress, typeOfAddress } from '../wire/media-source.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import { type Fields, otherFields, vendorMetadata } from '../wire/vendor-fields.ts'
import { audioTypes, images } from './openai-media.ts'
import { openai } from './openai-message.ts'

const read = createHistoryReader(openai)

/** A part of the user's message that is no text. */
export function readOpenAIMedia(part: Fields, path: string): MediaMessageInput {
  switch (part['type']) {
    case 'image_url': {
      const { url: given, ...more } = read.object(part['image_url'], `${path}.image_url`)
      const url = read.text(given, `${path}.image_url.url`)
      return { role: 'media', url, mimeType: imageType(url), ...keep(part, 'image_url', more) }
    }
    case 'input_audio': {
      const { data, format } = read.object(part['input_audio'], `${path}.input_audio`)
      const mimeType = typeof format === 'string' && Object.hasOwn(audioTypes, format) ? audioTypes[format] : undefined
      if (mimeType === undefined) throw read.refuse(`${path}.input_audio.format`, '"wav" or "mp3"', format)
      return {
        role: 'media',
        data: read.text(data, `${path}.input_audio.data`),
        mimeType,
        ...keep(part, 'input_audio', {}),
      }
    }
    case 'file': {
      const { file_data: given, filename } = read.object(part['file'], `${path}.file`)
      const url = read.text(given, `${path}.file.file_data`)
      if (!/^data:[^,]*;base64,/i.test(url)) throw read.refuse(`${path}.file.file_data`, 'a data URL in base64', url)
      return { role: 'media', url, ...keep(part, 'file', { filename }) }
    }
    default:
      throw read.refuse(`${path}.type`, '"text", "image_url", "input_audio" or "file"', part['type'])
  }
}

function imageType(url: string): string {
  return isWebAddress(url) ? typeOfAddress(url, images, 'image/png') : (detectMimeType(url) ?? 'image/png')
}

function keep(part: Fields, content: string, fields: Fields): ReturnType<typeof vendorMetadata> {
  return vendorMetadata(openai, otherFields({ ...part, ...fields }, ['type', content]))
}
