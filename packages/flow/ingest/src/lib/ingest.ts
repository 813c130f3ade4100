import { abortable } from '@empire/clock'
import { describeValue } from '@empire/errors'
import type { Chunk, Chunker } from './chunker.ts'
import { collectBytes } from './collect-bytes.ts'
import { defaultParsers } from './default-parsers.ts'
import type { Document } from './document.ts'
import { IngestError } from './ingest-error.ts'
import { messageOf } from './message-of.ts'
import type { Parser } from './parser.ts'
import { readDocument } from './read-document.ts'
import { structureChunker } from './structure-chunker.ts'
import type { Sink } from './sink.ts'
import type { Source, SourceContent, SourceItem } from './source.ts'
import { type IngestEvent, type IngestReport, Tally } from './tally.ts'

/** What `ingest` reads, where it writes, and how. */
export interface IngestOptions {
  /** Where items come from. */
  source: Source
  /** Where chunks go. */
  sink: Sink
  /** What reads the kinds of content; the first that fits is taken. Default: `defaultParsers`. */
  parsers?: readonly Parser[] | undefined
  /** What cuts documents. Default: `structureChunker()`. */
  chunker?: Chunker | undefined
  /** How many items are read before the sink is ready for them. Default: 8. */
  readAhead?: number | undefined
  /** Stops the run: `ingest` rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Told of each item, in the order of the source, and last of the report. */
  onEvent?: ((event: IngestEvent) => void) | undefined
}

/**
 * Reads every item of a source, cuts it into chunks and writes them to a sink, in the order of the source.
 *
 * One item that cannot be read, or that the sink refuses, is a problem in the report; the others go on. Rejects with
 * `signal.reason` when aborted, and with the source's or the counter's own error if one throws; the `end` event has the
 * report of what was done until then, where items that were found but not finished are `stopped`.
 *
 * The source is asked for no more than `readAhead` items before the sink is done, so that a slow sink slows the source.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { source, sink, readAhead = 8, signal, onEvent = () => {} } = options
  if (typeof source?.items !== 'function') {
    throw new TypeError(`Expected "source" to be a Source, got ${describeValue(source)}.`)
  }
  if (typeof sink?.write !== 'function')
    throw new TypeError(`Expected "sink" to be a Sink, got ${describeValue(sink)}.`)
  if (!Number.isSafeInteger(readAhead) || readAhead < 1) {
    throw new TypeError(`Expected "readAhead" to be a whole number from 1, got ${describeValue(readAhead)}.`)
  }
  const { parsers = defaultParsers, chunker = structureChunker() } = options
  signal?.throwIfAborted()

  const tally = new Tally(onEvent)
  const waiting: Waiting[] = []
  const items = source.items({ signal })[Symbol.asyncIterator]()
  let listing = true
  async function next(): Promise<IteratorResult<SourceItem, unknown>> {
    try {
      return await items.next()
    } catch (error) {
      listing = false
      throw error
    }
  }
  try {
    for (;;) {
      while (listing && waiting.length < readAhead) {
        const found = await abortable(next(), signal)
        if (found.done) {
          listing = false
        } else {
          tally.find()
          waiting.push({ item: found.value, content: read(found.value, signal) })
        }
      }
      const first = waiting[0]
      if (!first) break
      const outcome = await index(first, { source, sink, signal, parsers, chunker })
      waiting.shift()
      if (outcome instanceof IngestError) tally.drop(outcome)
      else tally.index(outcome.document, outcome.chunks)
    }
  } catch (error) {
    for (const { item } of waiting)
      tally.drop(new IngestError('stopped', item.path, 'the run ended before it was indexed.'))
    tally.end()
    throw error
  } finally {
    if (listing) await close(items, signal)
  }
  return tally.end()
}

async function close(items: AsyncIterator<unknown>, signal: AbortSignal | undefined): Promise<void> {
  try {
    await abortable(items.return?.(), signal)
  } catch {
    // As in `for await`, the error that is under way counts.
  }
}

interface Waiting {
  readonly item: SourceItem
  readonly content: Promise<SourceContent | IngestError>
}

interface Indexed {
  readonly document: Document
  readonly chunks: number
}

/** Never rejects: the failure is looked at when it is the item's turn. */
async function read(item: SourceItem, signal: AbortSignal | undefined): Promise<SourceContent | IngestError> {
  try {
    return (await item.read({ signal }))!
  } catch (error) {
    if (error instanceof IngestError) return error
    return new IngestError('unreadable', item.path, `cannot be read: ${messageOf(error)}`, { cause: error })
  }
}

async function index(
  { item, content }: Waiting,
  options: {
    source: Source
    sink: Sink
    signal: AbortSignal | undefined
    parsers: readonly Parser[]
    chunker: Chunker
  },
): Promise<Indexed | IngestError> {
  const { source, sink, signal, parsers, chunker } = options
  const found = await abortable(content, signal)
  if (found instanceof IngestError) return found
  try {
    const bytes = await collectBytes(found, { path: item.path, signal })
    const { document, chunks } = await readDocument(
      item,
      { ...found, bytes },
      { source: source.name, parsers, chunker, signal },
    )
    let count = 0
    async function* counted(): AsyncGenerator<Chunk> {
      for await (const chunk of chunks) {
        count++
        yield chunk
      }
    }
    await abortable(sink.write(document, counted(), { signal }), signal)
    return { document, chunks: count }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (error instanceof IngestError) return error
    return new IngestError('sink_failed', item.path, `the sink refused it: ${messageOf(error)}`, { cause: error })
  }
}
