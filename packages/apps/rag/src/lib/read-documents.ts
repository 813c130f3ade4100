import {
  type Chunk,
  defaultIgnore,
  fileSource,
  type FolderEntry,
  functionSink,
  ingest,
  type IngestReport,
  structureChunker,
} from '@empire/ingest'
import { createIndex, type SearchIndex } from '@empire/search'

/** The chunks of the documents, and the index that finds these. */
export interface Library {
  readonly index: SearchIndex<typeof fields>
  readonly chunks: ReadonlyMap<string, Chunk>
  readonly report: IngestReport
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
  const library = new Map<string, Chunk>()
  let files = 0
  const report = await ingest({
    source: paths ? fileSource(paths) : fileSource(['.'], { ignore: ignoreAllButMarkdown }),
    sink: functionSink(async (_document, found) => {
      const chunks: Chunk[] = []
      for await (const chunk of found) chunks.push(chunk)
      for (const chunk of chunks) library.set(chunk.id, chunk)
      await index.add(
        chunks.map(({ id, title, headings, text }) => ({ id, headings: [title, ...headings], text })),
        { signal },
      )
    }),
    chunker: structureChunker({ maxTokens: chunkTokens }),
    signal,
    onEvent(event) {
      if (event.type === 'indexed') onProgress({ files: ++files, chunks: library.size })
    },
  })
  return { index, chunks: library, report }
}

function ignoreAllButMarkdown(entry: FolderEntry): boolean {
  return defaultIgnore(entry) || (entry.isFile && !markdown.test(entry.name))
}
