import { describeValue, expectKnownKeys } from '@empire/errors'
import { IngestError } from './ingest-error.ts'
import type { JsonValue } from './json-value.ts'
import type { Source, SourceItem } from './source.ts'

/** One thing to index, as plain data. */
export interface IterableItem {
  /** Unique and the same on every run. */
  readonly id: string
  /** For people. Default: the id. */
  readonly path?: string | undefined
  /** A text, or bytes, also as a stream, which is read once. */
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>
  /** Default: `text/plain`. */
  readonly mediaType?: string | undefined
  /** A cheap mark of the content: equal ones promise equal content. Default: none, the content is compared. */
  readonly version?: string | undefined
  /** What else is known of it, for the sink. */
  readonly metadata?: Readonly<Record<string, JsonValue>> | undefined
}

/** What is iterated, and what it means. */
export interface IterableSourceOptions {
  /** Identity of the source: the same on every run, without a `:`. */
  readonly name: string
  /** Whether the items are only some of those there are, as new ones of a stream: nothing is then deleted. Default: `false`. */
  readonly partial?: boolean | undefined
}

type Items = Iterable<IterableItem | SourceItem> | AsyncIterable<IterableItem | SourceItem>

/**
 * A source of whatever can be iterated: a list, rows, a queue.
 *
 * @param items Or a function that gives them, which is called for each listing.
 */
export function iterableSource(items: Items | (() => Items), options: IterableSourceOptions): Source {
  expectKnownKeys('"options"', options, ['name', 'partial'])
  const { name, partial = false } = options
  if (typeof name !== 'string' || name === '' || name.includes(':')) {
    throw new TypeError(`Expected "name" to be a name without a ":", got ${describeValue(name)}.`)
  }
  if (typeof items !== 'function' && !isIterable(items)) {
    throw new TypeError(`Expected "items" to be iterable, or a function that gives such, got ${describeValue(items)}.`)
  }
  return Object.freeze({
    name,
    partial,
    async *items({ signal } = {}) {
      signal?.throwIfAborted()
      for await (const item of typeof items === 'function' ? items() : items) {
        signal?.throwIfAborted()
        yield typeof item === 'object' && item !== null && 'read' in item ? item : toSourceItem(item)
      }
    },
  } satisfies Source)
}

function toSourceItem(item: IterableItem): SourceItem {
  if (typeof item?.id !== 'string') {
    throw new TypeError(`Expected an item with an "id" that is a text, got ${describeValue(item?.id ?? item)}.`)
  }
  if (typeof item.content !== 'string' && !(item.content instanceof Uint8Array) && !isIterable(item.content)) {
    throw new TypeError(
      `Expected "content" of the item "${item.id}" to be a text, bytes or a stream of bytes, got ${describeValue(item.content)}.`,
    )
  }
  const { id, path = id, content, mediaType = 'text/plain', version, metadata } = item
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  let taken = false
  return {
    id,
    path,
    version,
    mediaType,
    async read({ signal } = {}) {
      signal?.throwIfAborted()
      if (taken) throw new IngestError('unreadable', path, 'its stream was read already, and can be read only once.')
      taken = !(bytes instanceof Uint8Array)
      return { bytes, mediaType, metadata }
    },
  }
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
}
