import { setImmediate } from 'node:timers/promises'
import type { Chunk, Chunker, Piece } from './chunker.ts'
import type { Document, DocumentPart } from './document.ts'
import { fileTitle } from './file-title.ts'
import { FirstFailure } from './first-failure.ts'
import { IngestError } from './ingest-error.ts'
import type { Parser, ParserContent } from './parser.ts'
import { sealChunk } from './seal-chunk.ts'
import { stepError } from './step-error.ts'

/** How a content becomes chunks. */
export interface OpenDocumentOptions {
  readonly parser: Parser
  readonly chunker: Chunker
  readonly signal?: AbortSignal | undefined
  /** Is told what goes wrong, and where. */
  readonly failure?: FirstFailure | undefined
}

/** A document whose first text is known, and its chunks, which are made as they are asked for. */
export interface OpenDocument {
  readonly document: Document
  readonly chunks: AsyncGenerator<Chunk, void, undefined>
  /** How far the chunks were taken. */
  readonly taken: ChunksTaken
  /** Lets go of the content, also where no chunk was ever asked for. */
  close(): Promise<void>
}

/** How far the chunks of a document were taken. */
export interface ChunksTaken {
  /** How many were. */
  count: number
  /** Whether those were all. */
  complete: boolean
}

/**
 * Parses a content as far as its first text. Whoever gets the result iterates the chunks to their end, or closes it.
 *
 * Throws `IngestError`: `empty` for a content without text, what the parser or the bytes throw, `parser_failed` and
 * `chunker_failed` for what else goes wrong there.
 */
export async function openDocument(
  facts: Omit<Document, 'title'>,
  content: ParserContent,
  { parser, chunker, signal, failure = new FirstFailure() }: OpenDocumentOptions,
): Promise<OpenDocument> {
  const { path, itemId } = facts

  let parts: Iterator<DocumentPart> | AsyncIterator<DocumentPart> | undefined

  /** Without a generator around the parser, which would hold a part longer than it is needed. */
  async function nextPart(): Promise<DocumentPart | undefined> {
    try {
      parts ??= iterate(parser.parse({ id: itemId, path }, content, { signal }))
      for (;;) {
        const { done, value } = await parts.next()
        if (done === true) return undefined
        if (value.blocks.length > 0) return value
      }
    } catch (error) {
      signal?.throwIfAborted()
      throw failure.at('parse', stepError('parse', path, error))
    }
  }

  async function* cutParts(document: Document): AsyncGenerator<Chunk, void, undefined> {
    try {
      const run = chunker.start({ signal })
      for (let part = takeFirst(); part !== undefined; part = await nextPart()) {
        const pieces = run.push(part)
        // Most chunkers answer at once, and a document may have millions of pieces.
        if (Symbol.iterator in pieces) for (const piece of pieces) yield seal(document, piece)
        else for await (const piece of pieces) yield seal(document, piece)
        // Timers and aborts have their turn, and V8 collects when little is alive: else its space for new objects grows.
        if (++cut > 1) await setImmediate()
      }
      for await (const piece of run.end()) yield seal(document, piece)
      taken.complete = true
    } catch (error) {
      signal?.throwIfAborted()
      throw failure.at('chunk', stepError('chunk', path, error))
    } finally {
      await parts?.return?.()
    }
  }

  const taken: ChunksTaken = { count: 0, complete: false }
  function seal(document: Document, piece: Piece): Chunk {
    signal?.throwIfAborted()
    return sealChunk(document, taken.count++, piece)
  }

  let cut = 0
  let first = await nextPart()
  function takeFirst(): DocumentPart | undefined {
    const part = first
    first = undefined
    return part
  }
  if (first === undefined) {
    throw failure.at('parse', new IngestError('empty', path, 'skipped, there is no text in it.'))
  }
  const metadata = { ...first.metadata, ...facts.metadata }
  const document: Document = Object.freeze({ ...facts, title: first.title || fileTitle(path), metadata })
  const chunks = cutParts(document)
  return {
    document,
    chunks,
    taken,
    async close() {
      await chunks.return()
      // A generator that was never started ends without its `finally`.
      await parts?.return?.()
    },
  }
}

function iterate(
  parts: AsyncIterable<DocumentPart> | Iterable<DocumentPart>,
): AsyncIterator<DocumentPart> | Iterator<DocumentPart> {
  return Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]()
}
