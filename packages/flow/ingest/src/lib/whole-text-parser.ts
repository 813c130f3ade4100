import { constants, isUtf8 } from 'node:buffer'
import { collectBytes } from './collect-bytes.ts'
import type { DocumentPart } from './document.ts'
import { IngestError } from './ingest-error.ts'
import { mediaCharset } from './media-charset.ts'
import type { ParsedText, SourceText } from './parsed-text.ts'
import type { Parser } from './parser.ts'
import { partEncoding } from './part-encoding.ts'
import { TextDecoding } from './text-decoding.ts'

/** What a format is, beside how its text is parsed. */
export interface WholeTextFormat extends Pick<Parser, 'mediaTypes' | 'fingerprint'> {
  /** The encoding that the content itself names, by its first kilobyte. The source's word counts more. */
  readonly declaredCharset?: ((head: string) => string | undefined) | undefined
  /** The same as `parse`, of valid UTF-8 from an index on, in parts. */
  readonly parts?: ((bytes: Buffer, start: number) => Iterable<DocumentPart>) | undefined
}

/** A parser of a format whose structure is known only when all of the text is. */
export function wholeTextParser(
  { mediaTypes, fingerprint, declaredCharset, parts }: WholeTextFormat,
  parse: (source: SourceText) => ParsedText,
): Parser {
  return Object.freeze({
    mediaTypes,
    fingerprint,
    async *parse({ path }, content, { signal } = {}) {
      const bytes = await collectBytes(content, { path, signal })
      if (bytes.length === 0) throw new IngestError('empty', path, 'skipped, the file is empty.')
      if (bytes.length > constants.MAX_STRING_LENGTH) {
        throw new IngestError('too_large', path, `${bytes.length} bytes, more than a text can have. Split it.`)
      }
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const label = mediaCharset(content.mediaType) ?? declaredCharset?.(buffer.toString('latin1', 0, 1024))
      const decoding = new TextDecoding(path, label)
      const start = decoding.start(buffer)
      if (parts !== undefined && decoding.encoding === 'utf-8' && isUtf8(buffer) && !buffer.includes(0)) {
        yield* parts(buffer, start)
        return
      }
      const block = decoding.decode(buffer.subarray(start))
      const { title, text, blocks, anchors } = parse(block)
      if (blocks.length > 0) {
        yield { title, text, blocks, anchors, ...partEncoding(block) } satisfies DocumentPart
      }
    },
  } satisfies Parser)
}
