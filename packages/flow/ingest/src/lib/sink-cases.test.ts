import { createIndex } from '@empire/search'
import { runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, it } from 'vitest'
import { functionSink } from './function-sink.ts'
import { ndjsonSink } from './ndjson-sink.ts'
import { readNdjson } from './read-ndjson.ts'
import { searchSink } from './search-sink.ts'
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
      const index = createIndex({
        fields: { document: { type: 'keyword' }, title: { type: 'text' }, text: { type: 'text' } },
      })
      return {
        sink: searchSink(index),
        async contents() {
          const { hits } = await index.search({ limit: 10_000, fields: ['document', 'text'] })
          const documents: Record<string, string[]> = {}
          for (const { id, fields } of hits) {
            ;(documents[String(fields.document)] ??= [])[Number(/#(\d+)$/.exec(id)![1])] = String(fields.text)
          }
          return documents
        },
        close() {},
      }
    },
  }),
  { describe, it, title: 'searchSink' },
)
