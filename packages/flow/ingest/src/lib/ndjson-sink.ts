import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeValue } from '@empire/errors'
import { compactLog, isWasteful } from './compact-log.ts'
import { LogDamagedError } from './log-damaged-error.ts'
import type { NdjsonLine } from './ndjson-log.ts'
import { readLogContents } from './read-log-contents.ts'
import type { Sink } from './sink.ts'
import { writeAll } from './write-all.ts'

interface OpenLog {
  readonly file: FileHandle
  readonly id: string
  /** Just after the last line that counts. */
  end: number
}

const pieceCharacters = 256 * 1024

/** A sink that is a file. */
export interface NdjsonSink extends Sink {
  /** Closes the file, after what is being written. */
  close(): Promise<void>
}

/**
 * A sink that appends to a file of JSON lines: what counts in it is read by `readNdjson`.
 *
 * A document counts when its last line is written, and one that is changed or removed counts no more from there on; after a
 * crash the next run cuts off what was left half. The file is written anew when more than half of it counts no more. It is
 * opened by the first call, and only one process at a time may write to it.
 *
 * Rejects with `LogDamagedError` for a file that is none of its own, or that something else wrote to.
 */
export function ndjsonSink(path: string): NdjsonSink {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`Expected "path" to be a path, got ${describeValue(path)}.`)
  }
  let opening: Promise<OpenLog> | undefined

  async function opened(): Promise<OpenLog> {
    opening ??= openLog(path)
    try {
      return await opening
    } catch (error) {
      opening = undefined
      throw error
    }
  }

  async function append(lines: AsyncIterable<NdjsonLine> | Iterable<NdjsonLine>, signal?: AbortSignal): Promise<void> {
    const log = await opened()
    const { size } = await log.file.stat()
    if (size !== log.end) throw new LogDamagedError(path, `it has ${size} bytes, where ${log.end} were written`)
    let position = log.end
    let text = ''
    try {
      for await (const line of lines) {
        signal?.throwIfAborted()
        text += `${JSON.stringify(line)}\n`
        if (text.length < pieceCharacters) continue
        position = await writeAll(log.file, Buffer.from(text), position)
        text = ''
      }
      position = await writeAll(log.file, Buffer.from(text), position)
    } catch (error) {
      await cutOff(log)
      throw error
    }
    log.end = position
  }

  async function cutOff(log: OpenLog): Promise<void> {
    try {
      await log.file.truncate(log.end)
    } catch {
      // Opening it anew does the same, and says what is wrong if it cannot.
      opening = undefined
      await log.file.close().catch(() => {})
    }
  }

  return Object.freeze({
    async identity() {
      return (await opened()).id
    },
    async write(document, chunks, { signal }) {
      async function* lines(): AsyncGenerator<NdjsonLine, void, undefined> {
        let count = 0
        yield { type: 'document', document }
        for await (const chunk of chunks) {
          count++
          yield { type: 'chunk', chunk }
        }
        yield { type: 'complete', documentId: document.id, chunks: count }
      }
      await append(lines(), signal)
    },
    async remove(documentIds) {
      await append([{ type: 'remove', documentIds }])
    },
    async flush() {
      await (await opened()).file.datasync()
    },
    async close() {
      const log = opening
      opening = undefined
      await (await log?.catch(() => undefined))?.file.close()
    },
  } satisfies Sink)
}

async function openLog(path: string): Promise<OpenLog> {
  await mkdir(dirname(path), { recursive: true })
  // Made if it is not there.
  await (await open(path, 'a', 0o600)).close()
  const contents = await readLogContents(path)
  const { id = randomUUID() } = contents
  const firstLine = `${JSON.stringify({ type: 'log', id } satisfies NdjsonLine)}\n`
  let end = isWasteful(contents) ? await compactLog(path, firstLine, contents) : contents.end
  const file = await open(path, 'r+')
  try {
    await file.truncate(end)
    if (end === 0) end = await writeAll(file, Buffer.from(firstLine), 0)
    return { file, id, end }
  } catch (error) {
    await file.close()
    throw error
  }
}
