import { deepEqual, equal, rejects } from 'node:assert/strict'
import { casesAt, type ContractCase } from './contract-case.ts'
import type { Chunk } from './chunker.ts'
import type { Document } from './document.ts'
import { sealChunk } from './seal-chunk.ts'
import type { Sink } from './sink.ts'

/** A store that a sink writes to, made for one case. */
export interface SinkPlace {
  /** Over the store, which is empty. */
  readonly sink: Sink
  /** The texts of the chunks that the store has, in their order, by document. */
  contents(): Promise<Readonly<Record<string, readonly string[]>>>
  /** A sink over the same store, as after a crash; for stores that outlive one. */
  reopen?(): Promise<Sink>
  /** Removes the store. */
  close(): void | Promise<void>
}

/** How to get stores. */
export interface SinkCasesOptions {
  /** Makes an empty store. */
  readonly open: () => SinkPlace | Promise<SinkPlace>
}

function documentOf(itemId: string): Document {
  return {
    id: `source:${itemId}`,
    source: 'source',
    itemId,
    path: `${itemId}.txt`,
    title: itemId,
    mediaType: 'text/plain',
    version: 'abc',
    bytes: 10,
    metadata: {},
  }
}

async function* chunksOf(document: Document, texts: readonly string[], error?: Error): AsyncGenerator<Chunk> {
  for (const [position, text] of texts.entries()) {
    const place = { start: position, end: position + 1 }
    const anchors = [{ offset: 0, line: 1, byte: 0 }]
    yield sealChunk(document, position, { headings: [], text, lines: place, bytes: place, anchors, tokens: 1 })
  }
  if (error !== undefined) throw error
}

/** The promises of the sink contract, as cases for any test runner. */
export function sinkCases({ open }: SinkCasesOptions): ContractCase[] {
  const atPlace = casesAt(open, ({ sink }) => sink)
  const withPlace = (name: string, run: (place: SinkPlace, write: Write) => Promise<void>): ContractCase =>
    atPlace(name, (place) =>
      run(place, async (id, texts, { error, sink = place.sink } = {}) => {
        const document = documentOf(id)
        await sink.write(document, chunksOf(document, texts, error), {})
        await sink.flush?.({})
      }),
    )
  const many = Array.from({ length: 300 }, (_, index) => `text ${index}`)

  return [
    withPlace('has what was written, by document and in order', async ({ contents }, write) => {
      deepEqual(await contents(), {})
      await write('a', ['one', 'two'])
      await write('b', many)
      deepEqual(await contents(), { 'source:a': ['one', 'two'], 'source:b': many })
    }),

    withPlace('puts fewer chunks, or more, in the place of those there were', async ({ contents }, write) => {
      await write('a', many)
      await write('b', ['other'])
      await write('a', ['one'])
      deepEqual(await contents(), { 'source:a': ['one'], 'source:b': ['other'] })
      await write('a', many)
      deepEqual(await contents(), { 'source:a': many, 'source:b': ['other'] })
    }),

    withPlace('comes to the same when a document is written again', async ({ contents }, write) => {
      await write('a', ['one', 'two'])
      await write('a', ['one', 'two'])
      deepEqual(await contents(), { 'source:a': ['one', 'two'] })
    }),

    withPlace('has all or nothing of a document whose chunks break', async ({ contents }, write) => {
      const error = new Error('broken')
      await rejects(write('a', many, { error }), (thrown) => thrown === error)
      deepEqual(await contents(), {})
      await write('a', ['one'])
      await rejects(write('a', many, { error }), (thrown) => thrown === error)
      deepEqual(await contents(), { 'source:a': ['one'] })
      await write('a', ['two'])
      deepEqual(await contents(), { 'source:a': ['two'] })
    }),

    withPlace('removes documents, also those that are not there', async ({ sink, contents }, write) => {
      await write('a', many)
      await write('b', ['b'])
      await write('c', ['c'])
      await sink.remove(['source:a', 'source:c', 'source:unknown'], {})
      await sink.flush?.({})
      deepEqual(await contents(), { 'source:b': ['b'] })
      await sink.remove(['source:a'], {})
      await write('a', ['again'])
      deepEqual(await contents(), { 'source:b': ['b'], 'source:a': ['again'] })
    }),

    withPlace('takes any ids and texts', async ({ sink, contents }, write) => {
      const ids = ['__proto__', 'constructor', 'a b/c#1', 'ü\n"😀', 'x:y']
      for (const id of ids) await write(id, [`text of ${id}\u2028\n`])
      deepEqual(Object.keys(await contents()).toSorted(), ids.map((id) => `source:${id}`).toSorted())
      await sink.remove(
        ids.map((id) => `source:${id}`),
        {},
      )
      await sink.flush?.({})
      deepEqual(await contents(), {})
    }),

    withPlace('does nothing for a signal that is aborted before', async ({ sink, contents }) => {
      const reason = new Error('enough')
      const document = documentOf('a')
      const options = { signal: AbortSignal.abort(reason) }
      await rejects(
        async () => sink.write(document, chunksOf(document, ['one']), options),
        (thrown) => thrown === reason,
      )
      deepEqual(await contents(), {})
    }),

    withPlace('is the same store when it is opened again', async ({ sink, reopen, contents }, write) => {
      if (reopen === undefined) return
      await write('a', ['one'])
      const identity = await sink.identity?.({})
      const again = await reopen()
      equal(await again.identity?.({}), identity)
      await write('b', ['two'], { sink: again })
      deepEqual(await contents(), { 'source:a': ['one'], 'source:b': ['two'] })
      await again.close?.()
    }),

    withPlace('may be closed twice', async ({ sink }, write) => {
      await write('a', ['one'])
      await sink.close?.()
      await sink.close?.()
    }),
  ]
}

type Write = (id: string, texts: readonly string[], options?: { error?: Error; sink?: Sink }) => Promise<void>
