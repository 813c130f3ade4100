import { createHash } from 'node:crypto'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Chunk } from './chunker.ts'
import type { Document } from './document.ts'
import { expectMethods } from './expect-options.ts'
import type { Sink, SinkOptions } from './sink.ts'

/** What `searchSink` needs of an index: that of `@empire/search` and its adapters have it, with a keyword field `document`. */
export interface SearchableIndex<Entry> {
  /** Puts entries in the place of those whose `document` is one of these. */
  replace(
    filter: { readonly in: { readonly document: readonly string[] } },
    entries: Iterable<Entry>,
    options: SinkOptions,
  ): unknown
}

/** The entry that a chunk becomes, unless the sink is told otherwise. */
export interface ChunkEntry {
  /** Of the chunk: `documentId#position`; a hash stands for one that is longer than ids of indexes may be. */
  readonly id: string
  /** The id of the document: what is replaced and removed is found by it. */
  readonly document: string
  readonly path: string
  /** Of the document. */
  readonly title: string
  /** What the chunk stands under. */
  readonly headings: readonly string[]
  readonly text: string
}

/** How chunks become entries of an index. */
export interface SearchSinkOptions<Entry> {
  /** Makes the entry of a chunk from the usual one, whose `id` and `document` it has to have. Default: the usual one. */
  readonly toEntry?: ((entry: ChunkEntry, chunk: Chunk, document: Document) => Entry) | undefined
  /** Which index this is: a new one has another, and is filled anew. Default: always the same. */
  readonly identity?: string | undefined
}

/** The longest id that every index takes, in bytes. */
const longestId = 512

/** How many documents are removed at once. */
const batchSize = 1000

/**
 * A sink that keeps an index up to date: an entry for each chunk. Documents are gathered, and replaced in one call by `flush`:
 * all or none. So each of them needs to fit in memory.
 */
export function searchSink<Entry extends { readonly id: string; readonly document: string } = ChunkEntry>(
  index: SearchableIndex<Entry>,
  options: SearchSinkOptions<Entry> = {},
): Sink {
  expectMethods('index', index, 'search index', ['replace'])
  expectKnownKeys('"options"', options, ['toEntry', 'identity'])
  const { toEntry = (entry: ChunkEntry) => entry as unknown as Entry, identity = '' } = options
  if (typeof toEntry !== 'function') {
    throw new TypeError(`Expected "toEntry" to be a function, got ${describeValue(toEntry)}.`)
  }

  /** By run: one that fails to write what it gathered forgets nothing of another's. */
  const gathered = new WeakMap<object, Map<string, Entry[]>>()
  const noRun = {}

  function gatheredOf({ run = noRun }: SinkOptions): Map<string, Entry[]> {
    const own = gathered.get(run) ?? new Map<string, Entry[]>()
    gathered.set(run, own)
    return own
  }

  return Object.freeze({
    identity: () => identity,
    async write(document, chunks, call) {
      const entries: Entry[] = []
      for await (const chunk of chunks) entries.push(toEntry(entryOf(chunk), chunk, document))
      call.signal?.throwIfAborted()
      gatheredOf(call).set(keyOf(document.id), entries)
    },
    async flush(call) {
      const own = gatheredOf(call)
      if (own.size === 0) return
      const [documents, entries] = [[...own.keys()], [...own.values()].flat()]
      own.clear()
      await index.replace({ in: { document: documents } }, entries, { signal: call.signal })
    },
    async remove(documentIds, call) {
      const { signal } = call
      for (let first = 0; first < documentIds.length; first += batchSize) {
        signal?.throwIfAborted()
        const keys = documentIds.slice(first, first + batchSize).map(keyOf)
        for (const key of keys) gatheredOf(call).delete(key)
        await index.replace({ in: { document: keys } }, [], { signal })
      }
    },
  } satisfies Sink)
}

function entryOf({ id, documentId, path, title, headings, text }: Chunk): ChunkEntry {
  return { id: keyOf(id), document: keyOf(documentId), path, title, headings, text }
}

function keyOf(id: string): string {
  return Buffer.byteLength(id) <= longestId ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}
