import type { Chunk } from './chunker.ts'
import { readLog } from './ndjson-log.ts'
import { readLogContents } from './read-log-contents.ts'

/**
 * The chunks in the file of an `ndjsonSink`: of each document those that were written last, and none of what was removed or
 * not written to its end. By document, in the order in which they were written.
 *
 * @throws {LogDamagedError} for a file that is none of `ndjsonSink`.
 */
export async function* readNdjson(path: string): AsyncGenerator<Chunk, void, undefined> {
  const { live, end } = await readLogContents(path)
  const starts = new Set([...live.values()].map(({ start }) => start))
  let counts = false
  for await (const { line, start, end: lineEnd } of readLog(path)) {
    if (line?.type === 'document') counts = starts.has(start)
    if (line?.type === 'chunk' && counts) yield line.chunk
    if (lineEnd >= end) return
  }
}
