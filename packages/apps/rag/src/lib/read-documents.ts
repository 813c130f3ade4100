import { type Chunk, defaultIgnore, fileSource, type FolderEntry, functionSink, ingest } from '@empire/ingest'
import { createIndex } from '@empire/search'
import { documentChunker } from './document-chunker.ts'
import type { Library } from './library.ts'

export interface ReadOptions {
  /** Default: the Markdown below the current folder. */
  readonly paths: readonly string[] | undefined
  readonly signal: AbortSignal
  readonly onProgress: (counts: { files: number; chunks: number }) => void
}

/** The chunks are kept beside the index: it need not keep their texts. */
const fields = {
  headings: { type: 'text', weight: 2, stored: false },
  text: { type: 'text', stored: false },
} as const
const markdown = /\.(?:md|mdx|markdown|mdown|mkd)$/i

/** Reads files into an index in memory. */
export async function readDocuments({ paths, signal, onProgress }: ReadOptions): Promise<Library> {
  const index = createIndex({ fields })
  const stored = new Map<string, Chunk>()
  let files = 0
  const report = await ingest({
    source: paths ? fileSource(paths) : fileSource(['.'], { ignore: ignoreAllButMarkdown }),
    sink: functionSink(async (_document, found) => {
      const chunks: Chunk[] = []
      for await (const chunk of found) chunks.push(chunk)
      for (const chunk of chunks) stored.set(chunk.id, chunk)
      await index.add(
        chunks.map(({ id, title, headings, text }) => ({ id, headings: [title, ...headings], text })),
        { signal },
      )
    }),
    parsers: (await import('./document-parsers.ts')).documentParsers,
    chunker: documentChunker(),
    signal,
    onEvent(event) {
      if (event.type === 'indexed') onProgress({ files: ++files, chunks: stored.size })
    },
  })
  const { found, indexed, skipped, deadLettered: failed, chunks, problems } = report
  return {
    documents: { found, indexed, skipped, failed, chunks, problems },
    async find(question, limit, stop) {
      const { hits } = await index.search({ query: question, limit }, { signal: stop })
      return hits.flatMap(({ id, score, coverage = 0 }) => {
        const chunk = stored.get(id)
        return chunk === undefined ? [] : [{ chunk, score, coverage }]
      })
    },
  }
}

function ignoreAllButMarkdown(entry: FolderEntry): boolean {
  return defaultIgnore(entry) || (entry.isFile && !markdown.test(entry.name))
}
