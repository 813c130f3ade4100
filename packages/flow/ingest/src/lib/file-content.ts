import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { fileVersion } from './file-version.ts'
import { IngestError } from './ingest-error.ts'
import type { SourceContent } from './source.ts'
import { systemErrorCode } from './system-error.ts'

/** Which file is read, and how. */
export interface FileContentOptions {
  /** What messages say. */
  readonly path: string
  /** A larger file is refused without reading it. */
  readonly maxBytes: number
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** The error for a failure of the operating system. */
  readonly toError: (error: unknown) => unknown
  readonly signal?: AbortSignal | undefined
}

/** A larger file is a stream. */
const largestWhole = 256 * 1024
const pieceBytes = 256 * 1024

/** The content of a regular file: its bytes, or a stream that opens it each time it is iterated. */
export async function fileContent(
  location: string,
  options: FileContentOptions,
): Promise<Pick<SourceContent, 'bytes' | 'repeatable' | 'version'>> {
  const { signal, now } = options
  signal?.throwIfAborted()
  return withFile(location, options, async (file, stats) => {
    const version = fileVersion(stats, now())
    if (stats.size > largestWhole) {
      const bytes = { [Symbol.asyncIterator]: () => stream(location, options) }
      return { bytes, repeatable: true, version }
    }
    const bytes = await readAll(file, Number(stats.size), options)
    return { bytes, version }
  })
}

async function withFile<Value>(
  location: string,
  options: FileContentOptions,
  use: (file: FileHandle, stats: BigIntStats) => Promise<Value>,
): Promise<Value> {
  try {
    const { file, stats } = await openFile(location, options)
    try {
      return await use(file, stats)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw explain(error, options)
  }
}

async function* stream(location: string, options: FileContentOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal, maxBytes } = options
  try {
    const { file } = await openFile(location, options)
    try {
      for (let position = 0; ;) {
        signal?.throwIfAborted()
        // Each its own: whoever gets it may keep it.
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(pieceBytes), 0, pieceBytes, position)
        if (bytesRead === 0) return
        position += bytesRead
        if (position > maxBytes) throw tooLarge(options, position)
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw explain(error, options)
  }
}

async function openFile(
  location: string,
  options: FileContentOptions,
): Promise<{ file: FileHandle; stats: BigIntStats }> {
  // Not blocking: in place of the file that was listed there may now be a pipe without a writer.
  const file = await open(location, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await file.stat({ bigint: true })
    if (!stats.isFile()) throw new IngestError('not_a_file', options.path, 'skipped, no longer a regular file.')
    if (stats.size > options.maxBytes) throw tooLarge(options, Number(stats.size))
    return { file, stats }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readAll(file: FileHandle, size: number, options: FileContentOptions): Promise<Uint8Array> {
  const { maxBytes, signal } = options
  // One byte more than announced: a file that has grown shows itself, and one that has not needs no second read.
  let buffer = Buffer.allocUnsafeSlow(size + 1)
  let length = 0
  while (length <= maxBytes) {
    signal?.throwIfAborted()
    if (length === buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(2 * length, maxBytes + 1))
      buffer.copy(larger)
      buffer = larger
    }
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null)
    if (bytesRead === 0) break
    length += bytesRead
    if (length < buffer.length && length >= size) break
  }
  if (length > maxBytes) throw tooLarge(options, length)
  return buffer.subarray(0, length)
}

function explain(error: unknown, { toError, signal }: FileContentOptions): unknown {
  const ours = systemErrorCode(error) === undefined || error instanceof IngestError || signal?.aborted
  return ours ? error : toError(error)
}

function tooLarge({ path, maxBytes }: FileContentOptions, bytes: number): IngestError {
  return new IngestError(
    'too_large',
    path,
    `${bytes} bytes, more than the ${maxBytes} that "maxBytes" allows. Split it.`,
  )
}
