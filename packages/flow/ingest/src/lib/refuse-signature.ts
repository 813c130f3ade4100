import { IngestError } from './ingest-error.ts'

const signatures: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'a PDF file'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive (or DOCX, XLSX, EPUB …)'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
]

/** Throws `IngestError` (`binary`) for bytes that start as a well-known file that is no text. */
export function refuseSignature(path: string, bytes: Uint8Array): void {
  const signature = signatures.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  if (signature) throw new IngestError('binary', path, `not text but ${signature[1]}. Convert it to text first.`)
}
