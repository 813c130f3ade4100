import { abortable } from '@empire/clock'
import { describeValue } from '@empire/errors'
import type { LetterContent } from './create-dead-letter.ts'
import type { Document } from './document.ts'
import { documentId } from './document-id.ts'
import { findParser } from './find-parser.ts'
import type { FirstFailure } from './first-failure.ts'
import { IngestError } from './ingest-error.ts'
import type { IngestSettings } from './ingest-settings.ts'
import type { ItemState } from './ingest-state.ts'
import { loadContent, type LoadedContent } from './loaded-content.ts'
import { openDocument } from './open-document.ts'
import type { Parser } from './parser.ts'
import type { ReadResult } from './read-item.ts'
import type { SourceContent, SourceItem } from './source.ts'
import { stepError } from './step-error.ts'
import { unsupportedKind } from './unsupported-kind.ts'

/** One attempt at an item. */
export interface Attempt {
  readonly settings: IngestSettings
  readonly item: SourceItem
  /** What earlier runs know of it. */
  readonly known: ItemState | undefined
  readonly read: ReadResult
  /** Is told what goes wrong, and where. */
  readonly failure: FirstFailure
  /** Of what is parsed by it. */
  readonly fingerprintOf: (parser: Parser) => string
  /** Stores that the sink is about to be asked. */
  readonly savePending: (state: ItemState) => Promise<void>
  /** Hears of the content as soon as it is known. */
  readonly onContent: (content: LetterContent) => void
}

/** What came of an item. */
export type Outcome =
  | { readonly type: 'unchanged'; readonly state: ItemState }
  | { readonly type: 'indexed'; readonly state: ItemState; readonly document: Document }

/**
 * Brings one item into the sink, unless its content is there already.
 *
 * Throws what `failure` then has, `signal.reason`, or the error of the state.
 */
export async function attemptItem(attempt: Attempt): Promise<Outcome> {
  const { settings, item, known, read, failure } = attempt
  const { signal, parsers, maxMemory, spoolFolder, letterBytes } = settings
  const { path } = item
  const fail = (error: unknown): unknown => {
    if (signal?.aborted) return signal.reason
    return failure.at('read', stepError('read', path, error))
  }
  if (!read.ok) throw fail(read.error)
  const { content } = read
  if (content === undefined) {
    if (known?.status === 'indexed') return { type: 'unchanged', state: known }
    throw fail(new IngestError('unreadable', path, 'the source says it is unchanged, but it was never read.'))
  }
  const fault = faultOf(content)
  if (fault !== undefined) throw fail(new IngestError('unreadable', path, `the source gave ${fault}.`))
  const parser = findParser(parsers, content.mediaType)
  if (parser === undefined) throw fail(unsupportedKind(path, content.mediaType, parsers))
  let loaded: LoadedContent
  try {
    const options = { path, maxMemory, spoolFolder, headBytes: letterBytes, signal }
    loaded = await abortable(loadContent(content, options), signal)
  } catch (error) {
    throw fail(error)
  }
  try {
    attempt.onContent({ mediaType: content.mediaType, head: loaded.head, size: loaded.size })
    return await indexContent(attempt, content, parser, loaded)
  } finally {
    await loaded.close()
  }
}

/** What of a content is none. */
function faultOf(content: SourceContent): string | undefined {
  if (typeof content !== 'object' || content === null) return `${describeValue(content)} as its content`
  const { mediaType, bytes } = content
  if (typeof mediaType !== 'string') return `${describeValue(mediaType)} as its media type`
  const stream = typeof bytes === 'object' && bytes !== null && Symbol.asyncIterator in bytes
  if (bytes instanceof Uint8Array || stream) return undefined
  return `${describeValue(bytes)} where a Uint8Array or a stream of such was expected`
}

async function indexContent(
  { settings, item, known, failure, fingerprintOf, savePending }: Attempt,
  content: SourceContent,
  parser: Parser,
  { hash, size, bytes }: LoadedContent,
): Promise<Outcome> {
  const { source, sink, sinkOptions, chunker, signal } = settings
  const { id, path } = item
  const { mediaType, metadata = {} } = content
  const version = 'version' in content ? content.version : item.version
  const state = { id, version, mediaType, hash, fingerprint: fingerprintOf(parser) }
  if (known?.status === 'indexed' && known.hash === hash && known.fingerprint === state.fingerprint) {
    return { type: 'unchanged', state: { ...state, status: 'indexed', chunks: known.chunks } }
  }

  const facts = { id: documentId(source.name, id), source: source.name, itemId: id, path, mediaType }
  const watched = bytes instanceof Uint8Array ? bytes : blameReading(bytes, path, failure, signal)
  const { document, chunks, taken, close } = await abortable(
    openDocument(
      { ...facts, version: hash, bytes: size, metadata },
      { mediaType, bytes: watched, metadata },
      { parser, chunker, signal, failure },
    ),
    signal,
  )
  const write = async (): Promise<void> => {
    try {
      await abortable(sink.write(document, chunks, sinkOptions), signal)
    } catch (error) {
      signal?.throwIfAborted()
      throw failure.at('write', stepError('write', path, error))
    }
  }

  try {
    await savePending({ ...state, status: 'pending', chunks: known?.chunks ?? 0 })
    await write()
  } finally {
    // Not waited for: a sink that was given up may be in the middle of asking for the next chunk.
    close().catch(() => {
      // What ends it has been told of already.
    })
  }
  // A sink may not have passed on what the chunks threw.
  if (failure.found !== undefined) throw failure.found.error
  if (!taken.complete) {
    const reason = `the sink took ${taken.count} chunks and left the rest, where all were expected. It has to iterate them to the end.`
    throw failure.at('write', new IngestError('chunks_lost', path, reason))
  }
  return { type: 'indexed', document, state: { ...state, status: 'indexed', chunks: taken.count } }
}

async function* blameReading(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  failure: FirstFailure,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* bytes
  } catch (error) {
    signal?.throwIfAborted()
    throw failure.at('read', stepError('read', path, error))
  }
}
