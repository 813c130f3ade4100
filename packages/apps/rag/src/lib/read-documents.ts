import { type Chunk, type Document, fileSource, ingest, type IngestReport, type Source } from '@empire/ingest'
import { createIndex, type SearchIndex } from '@empire/search'

/** All chunks of the documents, and the index that finds them. */
export interface Library {
  readonly index: SearchIndex
  readonly chunks: ReadonlyMap<string, LibraryChunk>
  readonly report: IngestReport
}

/** A chunk and the document that it is a part of. */
export interface LibraryChunk {
  readonly chunk: Chunk
  readonly document: Document
}

export interface ReadOptions {
  /** Default: the Markdown below the current folder. */
  readonly paths: readonly string[] | undefined
  readonly signal: AbortSignal
  readonly onProgress: (counts: { files: number; chunks: number }) => void
}

const chunkTokens = 300

/** Reads files into an index in memory. */
export async function readDocuments({ paths, signal, onProgress }: ReadOptions): Promise<Library> {
  const index = createIndex({ fields: { headings: { weight: 2 }, text: {} } })
  const chunks = new Map<string, LibraryChunk>()
  let files = 0
  const report = await ingest({
    source: paths ? fileSource(paths) : onlyMarkdown(fileSource(['.'])),
    sink: {
      write(document, pieces) {
        for (const chunk of pieces) chunks.set(chunk.id, { chunk, document })
        index.add(pieces.map(({ id, title, headings, text }) => ({ id, headings: [title, ...headings], text })))
        onProgress({ files: ++files, chunks: chunks.size })
      },
    },
    maxTokens: chunkTokens,
    signal,
  })
  return { index, chunks, report }
}

function onlyMarkdown(source: Source): Source {
  return {
    name: source.name,
    async *items(options) {
      for await (const item of source.items(options)) if (/\.(?:md|markdown)$/i.test(item.path)) yield item
    },
  }
}
