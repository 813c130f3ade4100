import { collectBytes } from './collect-bytes.ts'
import type { DocumentPart } from './document.ts'
import { IngestError } from './ingest-error.ts'
import { jsonError } from './json-error.ts'
import { createLocator } from './locator.ts'
import { mediaCharset } from './media-charset.ts'
import type { Parser } from './parser.ts'
import { partEncoding } from './part-encoding.ts'
import { RenderedText } from './rendered-text.ts'
import { TextDecoding } from './text-decoding.ts'
import { writeJson } from './write-json.ts'

/**
 * Reads JSON up to 256 MiB, as lines of `users[0].name: Ada`, or `$[0].name: Ada` in an array. A record is a block: each item of an outermost array, else
 * each member of the object. Numbers stay as they are written. Comments and trailing commas are passed over.
 *
 * Throws `IngestError` (`malformed`) with line and column for what is not JSON.
 */
export function jsonParser(): Parser {
  return Object.freeze({
    mediaTypes: ['application/json', 'application/geo+json', 'application/manifest+json', 'text/json'],
    fingerprint: 'json/3',
    async *parse({ path }, content, { signal } = {}) {
      const bytes = await collectBytes(content, { path, signal })
      if (bytes.length === 0) throw new IngestError('empty', path, 'skipped, the file is empty.')
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const decoding = new TextDecoding(path, mediaCharset(content.mediaType))
      const block = decoding.decode(buffer.subarray(decoding.start(buffer)))
      const { text } = block
      if (text.trim() === '') return
      const encoding = partEncoding(block)
      const rendered = new RenderedText(block.encoding)
      const write = { locator: createLocator(block), start: 0, end: text.length, whole: false }
      try {
        for (const part of writeJson(rendered, text, write)) {
          signal?.throwIfAborted()
          yield { ...part, ...encoding } satisfies DocumentPart
        }
      } catch (error) {
        throw jsonError(path, text, 1, error)
      }
      const part = rendered.takePart()
      if (part !== undefined) yield { ...part, ...encoding } satisfies DocumentPart
    },
  } satisfies Parser)
}
