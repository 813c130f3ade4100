import { describeValue } from '@empire/errors'
import type { Chunk } from './chunker.ts'
import type { Document } from './document.ts'
import { expectMethods, expectOptions } from './expect-options.ts'
import type { Sink, SinkOptions } from './sink.ts'

/** What `searchSink` needs of an index: that of `@empire/search` and its adapters have it. */
export interface SearchableIndex<Entry> {
  /** Adds entries, all or none; one whose id is there already replaces it. */
  add(entries: Iterable<Entry>): unknown
  /** Removes entries by id and gives the number that were there. */
  remove(ids: Iterable<string>): number | Promise<number>
}

/** The entry that a chunk becomes, unless the sink is told otherwise. */
export interface ChunkEntry {
  /** Of the chunk: `documentId#position`. */
  readonly id: string
  readonly path: string
  /** Of the document. */
  readonly title: string
  /** What the chunk stands under. */
  readonly headings: readonly string[]
  readonly text: string
}

/** How chunks become entries of an index. */
export interface SearchSinkOptions<Entry> {
  /** Makes the entry of a chunk; its id has to be the chunk's. Default: as in `ChunkEntry`. */
  readonly toEntry?: ((chunk: Chunk, document: Document) => Entry) | undefined
  /** Which index this is: a new one has another, and is filled anew. Default: always the same. */
  readonly identity?: string | undefined
}

/** How many ids are asked of the index at once. */
const batchSize = 64

/**
 * A sink that keeps an index up to date: an entry for each chunk. A document is added in one call, so that it needs to fit in
 * memory.
 */
export function searchSink<Entry extends { readonly id: string } = ChunkEntry>(
  index: SearchableIndex<Entry>,
  options: SearchSinkOptions<Entry> = {},
): Sink {
  expectMethods('index', index, 'search index', ['add', 'remove'])
  expectOptions(options, ['toEntry', 'identity'])
  const { toEntry = entryOf as unknown as (chunk: Chunk, document: Document) => Entry, identity = '' } = options
  if (typeof toEntry !== 'function') {
    throw new TypeError(`Expected "toEntry" to be a function, got ${describeValue(toEntry)}.`)
  }

  /** Up to `previousChunks`, and on from there for as long as something is found. */
  async function removeFrom(
    documentId: string,
    position: number,
    { signal, previousChunks }: SinkOptions,
  ): Promise<void> {
    for (let first = position; ; first += batchSize) {
      signal?.throwIfAborted()
      const ids = Array.from({ length: batchSize }, (_, offset) => `${documentId}#${first + offset}`)
      if ((await index.remove(ids)) < batchSize && first + batchSize >= previousChunks) return
    }
  }

  return Object.freeze({
    identity: () => identity,
    async write(document, chunks, call) {
      const entries: Entry[] = []
      for await (const chunk of chunks) entries.push(toEntry(chunk, document))
      call.signal?.throwIfAborted()
      await index.add(entries)
      await removeFrom(document.id, entries.length, call)
    },
    async remove(documentIds, call) {
      for (const id of documentIds) await removeFrom(id, 0, call)
    },
  } satisfies Sink)
}

function entryOf({ id, path, title, headings, text }: Chunk): ChunkEntry {
  return { id, path, title, headings, text }
}
