import { hash } from 'node:crypto'
import { describeValue } from '@empire/errors'
import { decodeText } from './decode-text.ts'
import type { Anchor, Document } from './document.ts'
import { headingTitle } from './heading-title.ts'
import { IngestError } from './ingest-error.ts'
import { parseHtml } from './parse-html.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { parseText } from './parse-text.ts'
import type { ParsedText } from './parsed-text.ts'
import type { SourceContent } from './source.ts'

const parsers: ReadonlyMap<string, (text: string) => ParsedText> = new Map([
  ['text/markdown', parseMarkdown],
  ['text/plain', parseText],
  ['text/html', parseHtml],
])

/**
 * Makes a document of the content of an item.
 *
 * Throws `IngestError` for content that cannot be read: `empty` (no text in it), `binary`, `not_utf8`,
 * `unsupported_kind` (another media type). The time it takes is linear in the content, whatever the content.
 */
export function parseDocument(item: { id: string; path: string }, content: SourceContent): Document {
  const { id, path } = item
  const { bytes, mediaType } = content
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`Expected "content.bytes" to be a Uint8Array, got ${describeValue(bytes)}.`)
  }
  const parse = parsers.get(mediaType)
  if (!parse) {
    const known = [...parsers.keys()].join(', ')
    throw new IngestError('unsupported_kind', path, `skipped, cannot read "${mediaType}" (only ${known}).`)
  }
  const decoded = decodeText(path, bytes)
  const parsed = parse(decoded.text)
  if (parsed.blocks.length === 0) throw new IngestError('empty', path, 'skipped, there is no text in it.')
  return {
    id,
    path,
    title: parsed.title ?? fileTitle(path),
    mediaType,
    text: parsed.text,
    hash: hash('sha256', bytes),
    bytes: bytes.length,
    blocks: parsed.blocks,
    anchors: shifted(parsed.anchors, decoded.markBytes),
  }
}

function shifted(anchors: readonly Anchor[], bytes: number): readonly Anchor[] {
  return bytes === 0 ? anchors : anchors.map(({ offset, line, byte }) => ({ offset, line, byte: byte + bytes }))
}

function fileTitle(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return headingTitle(name.replace(/(?<=.)\.[^.]*$/, '')) || path
}
