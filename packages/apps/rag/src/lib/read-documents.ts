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

/** All chunks of the documents, and the index that finds them. */
export interface Library {
  readonly index: SearchIndex
  readonly chunks: ReadonlyMap<string, LibraryChunk>
  readonly report: IngestReport
}

/** A chunk, and what leads from its text back to the lines of the file. */
export interface LibraryChunk {
  readonly chunk: Chunk
  readonly document: Pick<Document, 'text' | 'anchors'>
}

export interface ReadOptions {
  /** Default: the Markdown below the current folder. */
  readonly paths: readonly string[] | undefined
  readonly signal: AbortSignal
  readonly onProgress: (counts: { files: number; chunks: number }) => void
}

const chunkTokens = 300
const markdown = /\.(?:md|mdx|markdown|mdown|mkd)$/i

/** Reads files into an index in memory. */
export async function readDocuments({ paths, signal, onProgress }: ReadOptions): Promise<Library> {
  const index = createIndex({ fields: { headings: { weight: 2 }, text: {} } })
  const chunks = new Map<string, LibraryChunk>()
  let files = 0
  const report = await ingest({
    source: paths ? fileSource(paths) : fileSource(['.'], { ignore: ignoreAllButMarkdown }),
    sink: {
      write({ text, anchors }, pieces) {
        const document = { text, anchors }
        for (const chunk of pieces) chunks.set(chunk.id, { chunk, document })
        index.add(
          pieces.map((chunk) => ({ id: chunk.id, headings: [chunk.title, ...chunk.headings], text: chunk.text })),
        )
      },
    },
    maxTokens: chunkTokens,
    signal,
    onEvent(event) {
      if (event.type === 'indexed') onProgress({ files: ++files, chunks: chunks.size })
    },
  })
  return { index, chunks, report }
}

function ignoreAllButMarkdown(entry: FolderEntry): boolean {
  return defaultIgnore(entry) || (entry.isFile && !markdown.test(entry.name))
}
