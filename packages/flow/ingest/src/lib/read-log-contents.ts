import { LogDamagedError } from './log-damaged-error.ts'
import { readLog } from './ndjson-log.ts'

/** A stretch of a file, in bytes. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** What stands in a log. */
export interface LogContents {
  /** Its identity; `undefined` for an empty file. */
  readonly id: string | undefined
  /** By id, where the documents stand that count. */
  readonly live: ReadonlyMap<string, Stretch>
  /** Just after the last line that counts: what is behind was left by a crash. */
  readonly end: number
}

/** Reads a log as far as it goes. Throws `LogDamagedError` for what no crash leaves behind. */
export async function readLogContents(path: string): Promise<LogContents> {
  const live = new Map<string, Stretch>()
  let id: string | undefined
  let end = 0
  let damaged: number | undefined
  let document: { readonly id: string; readonly start: number; chunks: number } | undefined
  for await (const { line, ...place } of readLog(path)) {
    if (place.start === 0) {
      if (line?.type !== 'log') throw new LogDamagedError(path, 'its first line is another')
      id = line.id
      end = place.end
    } else if (line?.type === 'document') {
      document = { id: line.document.id, start: place.start, chunks: 0 }
    } else if (line?.type === 'chunk' && document !== undefined) {
      document.chunks++
    } else if (line?.type === 'complete' && document?.id === line.documentId && document.chunks === line.chunks) {
      live.set(document.id, { start: document.start, end: place.end })
      document = undefined
      end = place.end
    } else if (line?.type === 'remove' && document === undefined) {
      for (const removed of line.documentIds) live.delete(removed)
      end = place.end
    } else {
      damaged ??= place.start
    }
    // A crash cuts off the end. It leaves nothing behind it.
    if (damaged !== undefined && end > damaged) throw new LogDamagedError(path, `it is damaged at byte ${damaged}`)
  }
  return { id, live, end }
}
