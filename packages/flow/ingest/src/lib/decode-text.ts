import { constants, isUtf8 } from 'node:buffer'
import { IngestError } from './ingest-error.ts'

const signatures: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'a PDF file'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive (or DOCX, XLSX, EPUB …)'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
]

/** The text of a file and the length of its byte order mark. Throws `IngestError` for bytes that are no UTF-8 text. */
export function decodeText(path: string, bytes: Uint8Array): { text: string; markBytes: number } {
  if (bytes.length === 0) throw new IngestError('empty', path, 'skipped, the file is empty.')
  if (bytes.length > constants.MAX_STRING_LENGTH) {
    throw new IngestError('too_large', path, `${bytes.length} bytes, more than a text can have. Split it.`)
  }
  const signature = signatures.find(([start]) => startsWith(bytes, start))
  if (signature) throw new IngestError('binary', path, `not text but ${signature[1]}. Convert it to text first.`)
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    throw new IngestError('not_utf8', path, 'UTF-16 text, expected UTF-8. Save the file as UTF-8.')
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const nul = buffer.indexOf(0)
  if (nul >= 0) throw new IngestError('binary', path, `not text but binary data (a NUL at byte ${nul}).`)
  if (!isUtf8(buffer)) {
    throw new IngestError('not_utf8', path, 'not UTF-8 text (an older encoding?). Save the file as UTF-8.')
  }
  const markBytes = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0
  return { text: buffer.toString('utf8', markBytes), markBytes }
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}
