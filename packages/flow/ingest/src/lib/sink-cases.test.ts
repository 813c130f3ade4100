import { createIndex } from '@empire/search'
import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, it } from 'vitest'
import { functionSink } from './function-sink.ts'
import { ndjsonSink } from './ndjson-sink.ts'
import { readNdjson } from './read-ndjson.ts'
import { type ChunkEntry, searchSink } from './search-sink.ts'
import { sinkCases } from './sink-cases.ts'

runConformance(
  sinkCases({
    open() {
      const documents = new Map<string, string[]>()
      const sink = functionSink(
        async (document, chunks, { signal }) => {
          signal?.throwIfAborted()
          const texts: string[] = []
          for await (const { text } of chunks) texts.push(text)
          documents.set(document.id, texts)
        },
        (ids) => {
          for (const id of ids) documents.delete(id)
        },
      )
      return { sink, contents: async () => Object.fromEntries(documents), close() {} }
    },
  }),
  { describe, it, title: 'functionSink' },
)

runConformance(
  sinkCases({
    open() {
      const folder = temporaryDirectory()
      const path = folder.join('in', 'chunks.ndjson')
      const sink = ndjsonSink(path)
      return {
        sink,
        async contents() {
          await sink.identity?.({})
          const documents: Record<string, string[]> = {}
          for await (const { documentId, text } of readNdjson(path)) (documents[documentId] ??= []).push(text)
          return documents
        },
        async reopen() {
          await sink.close()
          return ndjsonSink(path)
        },
        close: () => folder.remove(),
      }
    },
  }),
  { describe, it, title: 'ndjsonSink' },
)

runConformance(
  sinkCases({
    open() {
      const index = createIndex({ fields: { title: {}, headings: {}, text: {} } })
      const entries = new Map<string, ChunkEntry>()
      // An index does not give back what it was given: what passes is written down.
      const sink = searchSink({
        add(added: Iterable<ChunkEntry>) {
          for (const entry of added) entries.set(entry.id, entry)
          index.add(added)
        },
        remove(ids) {
          for (const id of ids) entries.delete(id)
          return index.remove(ids)
        },
      })
      return {
        sink,
        async contents() {
          if (index.size !== entries.size) throw new Error(`${index.size} entries, where ${entries.size} were added.`)
          const documents: Record<string, string[]> = {}
          for (const { id, text } of entries.values()) {
            const [, document, position] = /^(.*)#(\d+)$/s.exec(id)!
            ;(documents[document!] ??= [])[Number(position)] = text
          }
          return documents
        },
        close() {},
      }
    },
  }),
  { describe, it, title: 'searchSink' },
)
