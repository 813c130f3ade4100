import type { IngestReport } from '@empire/ingest'
import { definePipeline } from '@empire/pipeline'

/** Brings the index up to date with one source: a folder, by its name. */
export function createIngestPipeline(ingestSource: (folder: string, signal: AbortSignal) => Promise<IngestReport>) {
  return definePipeline<{ readonly folder: string }>('ingest-source').step('ingest', {
    run: async ({ input, signal }) => {
      const { problems, ...counts } = await ingestSource(input.folder, signal)
      return { ...counts, problems: problems.length, worker: process.pid }
    },
  })
}
