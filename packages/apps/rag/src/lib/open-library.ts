import type { DocumentCounts } from './answer.ts'
import { type IndexFile, openIndexFile } from './index-file.ts'
import { indexStatus } from './index-status.ts'
import type { Library } from './library.ts'
import { type EmbedderOptions, openEmbedder } from './index-embedder.ts'
import { shownPath } from './shown-path.ts'
import { restoreChunk } from './stored-chunk.ts'

/**
 * The documents of an index file. Dispose of it when it is not needed any more.
 *
 * @throws UsageError when there is no such file, or its vectors are those of another embedder.
 */
export async function openLibrary(path: string, options: EmbedderOptions): Promise<Library & AsyncDisposable> {
  const embedder = await openEmbedder(path, options)
  const file = await openIndexFile(path, { embedder })
  try {
    return {
      documents: await countDocuments(file),
      async find(question, limit, signal) {
        const hits = await file.search(question, limit, signal)
        return hits.map((hit) => {
          const chunk = restoreChunk(hit)
          // What is near by its vector may share no word with the question.
          const coverage = embedder === undefined ? (hit.coverage ?? 0) : 1
          return { chunk: { ...chunk, path: shownPath(chunk.path) }, score: hit.score, coverage }
        })
      },
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    }
  } catch (error) {
    await file[Symbol.asyncDispose]()
    throw error
  }
}

async function countDocuments(file: IndexFile): Promise<DocumentCounts> {
  const { documents, deadLetters: failed, outdated, chunks } = await indexStatus(file)
  const indexed = documents - outdated
  return { found: indexed + failed, indexed, skipped: 0, failed, chunks, problems: [] }
}
