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
  options: OpenDocumentOptions,
): Promise<OpenDocument> {
  return new Opening(facts, content, options).open()
}

/** A class, for a generator function made anew for each document is held, with all it sees, until V8 collects its old space. */
class Opening {
  readonly #facts: Omit<Document, 'title'>
  readonly #content: ParserContent
  readonly #options: OpenDocumentOptions
  readonly #failure: FirstFailure
  readonly #taken: ChunksTaken = { count: 0, complete: false }
  #parts: Iterator<DocumentPart> | AsyncIterator<DocumentPart> | undefined
  #first: DocumentPart | undefined

  constructor(facts: Omit<Document, 'title'>, content: ParserContent, options: OpenDocumentOptions) {
    this.#facts = facts
    this.#content = content
    this.#options = options
    this.#failure = options.failure ?? new FirstFailure()
  }

  async open(): Promise<OpenDocument> {
    const { path, metadata } = this.#facts
    const first = await this.#nextPart()
    if (first === undefined) {
      throw this.#failure.at('parse', new IngestError('empty', path, 'skipped, there is no text in it.'))
    }
    this.#first = first
    const document: Document = Object.freeze({
      ...this.#facts,
      title: first.title || fileTitle(path),
      metadata: { ...first.metadata, ...metadata },
    })
    const chunks = this.#cutParts(document)
    return {
      document,
      chunks,
      taken: this.#taken,
      close: async () => {
        await chunks.return()
        // A generator that was never started ends without its `finally`.
        await this.#parts?.return?.()
      },
    }
  }

  /** Without a generator around the parser, which would hold a part longer than it is needed. */
  async #nextPart(): Promise<DocumentPart | undefined> {
    const { path, itemId: id } = this.#facts
    const { parser, signal } = this.#options
    try {
      this.#parts ??= iterate(parser.parse({ id, path }, this.#content, { signal }))
      for (;;) {
        const { done, value } = await this.#parts.next()
        if (done === true) return undefined
        if (value.blocks.length > 0) return value
      }
    } catch (error) {
      signal?.throwIfAborted()
      throw this.#failure.at('parse', stepError('parse', path, error))
    }
  }

  async *#cutParts(document: Document): AsyncGenerator<Chunk, void, undefined> {
    const { chunker, signal } = this.#options
    try {
      const run = chunker.start({ signal })
      for (let cut = 0; ; cut++) {
        // Timers and aborts have their turn, and V8 collects when little is alive: else its space for new objects grows.
        if (cut > 1) await setImmediate()
        let part = this.#takeFirst() ?? (await this.#nextPart())
        if (part === undefined) break
        const pieces = run.push(part)
        part = undefined
        // Most chunkers answer at once, and a document may have millions of pieces.
        if (Symbol.iterator in pieces) for (const piece of pieces) yield this.#seal(document, piece)
        else for await (const piece of pieces) yield this.#seal(document, piece)
      }
      for await (const piece of run.end()) yield this.#seal(document, piece)
      this.#taken.complete = true
    } catch (error) {
      signal?.throwIfAborted()
      throw this.#failure.at('chunk', stepError('chunk', document.path, error))
    } finally {
      await this.#parts?.return?.()
    }
  }

  #takeFirst(): DocumentPart | undefined {
    const part = this.#first
    this.#first = undefined
    return part
  }

  #seal(document: Document, piece: Piece): Chunk {
    this.#options.signal?.throwIfAborted()
    return sealChunk(document, this.#taken.count++, piece)
  }
}

function iterate(
  parts: AsyncIterable<DocumentPart> | Iterable<DocumentPart>,
): AsyncIterator<DocumentPart> | Iterator<DocumentPart> {
  return Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]()
}
