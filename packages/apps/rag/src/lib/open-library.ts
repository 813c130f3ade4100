import { isAbsolute, relative } from 'node:path'
import type { DocumentCounts } from './answer.ts'
import { type IndexFile, openIndexFile } from './index-file.ts'
import { indexStatus } from './index-status.ts'
import type { Library } from './library.ts'
import { restoreChunk } from './stored-chunk.ts'

/**
 * The documents of an index file. Dispose of it when it is not needed any more.
 *
 * @throws UsageError when there is no such file.
 */
export async function openLibrary(path: string): Promise<Library & AsyncDisposable> {
  const file = await openIndexFile(path)
  try {
    return {
      documents: await countDocuments(file),
      async find(question, limit, signal) {
        const request = { query: question, limit, fields: ['text', 'place'] } as const
        const { hits } = await file.index.search(request, { signal })
        return hits.map((hit) => {
          const chunk = restoreChunk(hit)
          return { chunk: { ...chunk, path: shownPath(chunk.path) }, score: hit.score, coverage: hit.coverage ?? 0 }
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
  const { documents: indexed, deadLetters: failed, chunks } = await indexStatus(file)
  return { found: indexed + failed, indexed, skipped: 0, failed, chunks, problems: [] }
}

/** A path below the current folder is shown from there. */
function shownPath(path: string): string {
  const shown = isAbsolute(path) ? relative(process.cwd(), path) : path
  return shown === '' || shown.startsWith('..') ? path : shown
}
