import {
  type Chunk,
  defaultIgnore,
  type Document,
  fileSource,
  type FolderEntry,
  ingest,
  type IngestReport,
} from '@empire/ingest'
import { createIndex, type SearchIndex } from '@empire/search'

/** The documents in chunks, and the index that finds these. */
export interface Library {
  readonly index: SearchIndex<typeof fields>
  readonly documents: ReadonlyMap<string, LibraryDocument>
  readonly report: IngestReport
}

/** What is kept of a document: its chunks, and what leads from them back to the lines of the file. */
export interface LibraryDocument {
  readonly origin: Pick<Document, 'text' | 'anchors'>
  readonly chunks: readonly Chunk[]
}

export interface ReadOptions {
  /** Default: the Markdown below the current folder. */
  readonly paths: readonly string[] | undefined
  readonly signal: AbortSignal
  readonly onProgress: (counts: { files: number; chunks: number }) => void
}

const chunkTokens = 300

/** The chunks are kept beside the index: it need not keep their texts. */
const fields = {
  headings: { type: 'text', weight: 2, stored: false },
  text: { type: 'text', stored: false },
} as const
const markdown = /\.(?:md|mdx|markdown|mdown|mkd)$/i

/** Reads files into an index in memory. */
export async function readDocuments({ paths, signal, onProgress }: ReadOptions): Promise<Library> {
  const index = createIndex({ fields })
  const documents = new Map<string, LibraryDocument>()
  let chunkCount = 0
  const report = await ingest({
    source: paths ? fileSource(paths) : fileSource(['.'], { ignore: ignoreAllButMarkdown }),
    sink: {
      async write({ id, text, anchors }, chunks) {
        documents.set(id, { origin: { text, anchors }, chunks })
        await index.add(
          chunks.map((chunk) => ({ id: chunk.id, headings: [chunk.title, ...chunk.headings], text: chunk.text })),
          { signal },
        )
        chunkCount += chunks.length
      },
    },
    maxTokens: chunkTokens,
    signal,
    onEvent(event) {
      if (event.type === 'indexed') onProgress({ files: documents.size, chunks: chunkCount })
    },
  })
  return { index, documents, report }
}

function ignoreAllButMarkdown(entry: FolderEntry): boolean {
  return defaultIgnore(entry) || (entry.isFile && !markdown.test(entry.name))
}
