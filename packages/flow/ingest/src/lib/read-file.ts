import { constants, type FileHandle, open } from 'node:fs/promises'
import { IngestError } from './ingest-error.ts'

/**
 * The bytes of a regular file, at most `maxBytes`; a larger one is refused without reading it.
 *
 * `location` is opened, `path` is what messages say.
 */
export async function readFile(
  location: string,
  options: { path: string; maxBytes: number; signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  const { path, maxBytes, signal } = options
  signal?.throwIfAborted()
  // Not blocking: in place of the file that was listed there may now be a pipe without a writer.
  const handle = await open(location, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw new IngestError('not_a_file', path, 'skipped, no longer a regular file.')
    if (stats.size > maxBytes) throw tooLarge(path, stats.size, maxBytes)
    const bytes = await readAll(handle, stats.size, maxBytes, signal)
    if (bytes.length > maxBytes) throw tooLarge(path, bytes.length, maxBytes)
    return bytes
  } finally {
    await handle.close()
  }
}

async function readAll(handle: FileHandle, size: number, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
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
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null)
    if (bytesRead === 0) break
    length += bytesRead
    if (length < buffer.length && length >= size) break
  }
  return buffer.subarray(0, length)
}

function tooLarge(path: string, bytes: number, maxBytes: number): IngestError {
  return new IngestError(
    'too_large',
    path,
    `${bytes} bytes, more than the ${maxBytes} that "maxBytes" allows. Split it.`,
  )
}
