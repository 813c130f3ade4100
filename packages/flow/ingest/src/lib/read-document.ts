import { hash } from 'node:crypto'
import { describeValue } from '@empire/errors'
import type { Chunk, Chunker } from './chunker.ts'
import { defaultParsers } from './default-parsers.ts'
import type { Document } from './document.ts'
import { findParser } from './find-parser.ts'
import { openDocument } from './open-document.ts'
import type { Parser } from './parser.ts'
import type { SourceContent, SourceItem } from './source.ts'
import { structureChunker } from './structure-chunker.ts'
import { unsupportedKind } from './unsupported-kind.ts'

/** How a content is read. */
export interface ReadDocumentOptions {
  /** Default: `defaultParsers`. The first that reads the media type is taken. */
  readonly parsers?: readonly Parser[] | undefined
  /** Default: `structureChunker()`. */
  readonly chunker?: Chunker | undefined
  /** Of the source, for the id of the document. Default: `document`. */
  readonly source?: string | undefined
  /** Stops the work: the call rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes a document and all its chunks of one content, without a run around it.
 *
 * Throws `IngestError` for content that cannot be read: `empty` (no text in it), `unsupported_kind` (no parser for it), and
 * what the parser says of it. The time it takes is linear in the content, whatever the content.
 */
export async function readDocument(
  { id, path }: Pick<SourceItem, 'id' | 'path'>,
  content: Pick<SourceContent, 'mediaType' | 'metadata'> & { readonly bytes: Uint8Array },
  options: ReadDocumentOptions = {},
): Promise<{ document: Document; chunks: Chunk[] }> {
  const { parsers = defaultParsers, chunker = structureChunker(), source = 'document', signal } = options
  const { mediaType, bytes, metadata = {} } = content
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`Expected "content.bytes" to be a Uint8Array, got ${describeValue(bytes)}.`)
  }
  const parser = findParser(parsers, mediaType)
  if (parser === undefined) throw unsupportedKind(path, mediaType, parsers)
  const version = hash('sha256', bytes)
  const facts = { id: `${source}:${id}`, source, itemId: id, path, mediaType, version, bytes: bytes.length, metadata }
  const { document, chunks } = await openDocument(facts, content, { parser, chunker, signal })
  const all: Chunk[] = []
  for await (const chunk of chunks) all.push(chunk)
  return { document, chunks: all }
}
