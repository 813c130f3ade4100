import { IngestError } from './ingest-error.ts'
import type { ParserContent } from './parser.ts'

/** How much `collectBytes` reads, and for whom. */
export interface CollectBytesOptions {
  /** Of the item, for the message. */
  readonly path: string
  /** The most bytes. Default: 256 MiB. */
  readonly maxBytes?: number | undefined
  /** Stops the reading: rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

/**
 * All bytes of a content, for parsers of formats that are read as a whole.
 *
 * @throws IngestError (`too_large`) as soon as there are more than `maxBytes`.
 */
export async function collectBytes(
  { bytes }: Pick<ParserContent, 'bytes'>,
  { path, maxBytes = 256 * 1024 * 1024, signal }: CollectBytesOptions,
): Promise<Uint8Array> {
  signal?.throwIfAborted()
  if (bytes instanceof Uint8Array) {
    if (bytes.length > maxBytes) throw tooLarge(path, maxBytes)
    return bytes
  }
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of bytes) {
    signal?.throwIfAborted()
    length += piece.length
    if (length > maxBytes) throw tooLarge(path, maxBytes)
    pieces.push(piece)
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, length)
}

function tooLarge(path: string, maxBytes: number): IngestError {
  return new IngestError('too_large', path, `more than the ${maxBytes} bytes that its format is read up to. Split it.`)
}
