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
}

/** How far the chunks of a document were taken. */
export interface ChunksTaken {
  /** How many were. */
  count: number
  /** Whether those were all. */
  complete: boolean
}

/**
 * Parses a content as far as its first text. Whoever gets the result iterates the chunks to their end, or `return()`s them.
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

  async function* readParts(): AsyncGenerator<DocumentPart, void, undefined> {
    try {
      for await (const part of parser.parse({ id: itemId, path }, content, { signal })) {
        if (part.blocks.length > 0) yield part
      }
    } catch (error) {
      signal?.throwIfAborted()
      throw failure.at('parse', stepError('parse', path, error))
    }
  }

  async function* cutParts(document: Document, first: DocumentPart): AsyncGenerator<Chunk, void, undefined> {
    try {
      const run = chunker.start({ signal })
      for (let part: DocumentPart | undefined = first; part !== undefined; part = await nextOf(parts)) {
        const pieces = run.push(part)
        // Most chunkers answer at once, and a document may have millions of pieces.
        if (Symbol.iterator in pieces) for (const piece of pieces) yield seal(document, piece)
        else for await (const piece of pieces) yield seal(document, piece)
      }
      for await (const piece of run.end()) yield seal(document, piece)
      taken.complete = true
    } catch (error) {
      signal?.throwIfAborted()
      throw failure.at('chunk', stepError('chunk', path, error))
    } finally {
      await parts.return()
    }
  }

  const taken: ChunksTaken = { count: 0, complete: false }
  function seal(document: Document, piece: Piece): Chunk {
    signal?.throwIfAborted()
    return sealChunk(document, taken.count++, piece)
  }

  const parts = readParts()
  const first = await nextOf(parts)
  if (first === undefined) {
    throw failure.at('parse', new IngestError('empty', path, 'skipped, there is no text in it.'))
  }
  const document: Document = Object.freeze({ ...facts, title: first.title || fileTitle(path) })
  return { document, chunks: cutParts(document, first), taken }
}

async function nextOf<Value>(iterator: AsyncIterator<Value, void>): Promise<Value | undefined> {
  return (await iterator.next()).value ?? undefined
}
