import type { DocumentPart } from './document.ts'
import { eachLine } from './each-line.ts'
import { jsonError } from './json-error.ts'
import { createLocator } from './locator.ts'
import type { Parser } from './parser.ts'
import { partEncoding } from './part-encoding.ts'
import { partSize, recordBlock } from './part-size.ts'
import { readText } from './read-text.ts'
import { RenderedText } from './rendered-text.ts'
import { writeJson } from './write-json.ts'

const longestLine = 16 * 1024 * 1024

/**
 * Reads newline-delimited JSON of any size: each line is a record, and a block of lines `address.city: London`. Numbers
 * stay as they are written.
 *
 * Throws `IngestError`: `malformed` with line and column for a line that is not JSON, `too_large` for one over 16 MiB.
 */
export function ndjsonParser(): Parser {
  return Object.freeze({
    mediaTypes: ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/jsonlines'],
    fingerprint: 'ndjson/3',
    async *parse({ path }, content, { signal } = {}) {
      for await (const block of readText(path, content, { end: 'line', blockSize: recordBlock, longestLine, signal })) {
        const { text, anchors } = block
        const encoding = partEncoding(block)
        const rendered = new RenderedText(block.encoding)
        const locator = createLocator(block)
        try {
          for (const { first, end } of eachLine(text)) {
            if (first === end) continue
            for (const part of writeJson(rendered, text, { locator, start: first, end, whole: true })) {
              yield { ...part, ...encoding } satisfies DocumentPart
            }
            if (rendered.length >= partSize) yield { ...rendered.takePart()!, ...encoding } satisfies DocumentPart
          }
        } catch (error) {
          throw jsonError(path, text, anchors[0]!.line, error)
        }
        const part = rendered.takePart()
        if (part !== undefined) yield { ...part, ...encoding } satisfies DocumentPart
      }
    },
  } satisfies Parser)
}
