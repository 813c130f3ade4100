import { createHash, hash, type Hash } from 'node:crypto'
import { describeValue } from '@empire/errors'
import { IngestError } from './ingest-error.ts'
import type { SourceContent } from './source.ts'
import { openSpool } from './spool.ts'

/** How content is loaded. */
export interface LoadContentOptions {
  /** Of the item, for messages. */
  readonly path: string
  /** How many bytes of a stream are held in memory. */
  readonly maxMemory: number
  /** Where the rest of a stream goes that cannot be read twice. */
  readonly spoolFolder: string
  /** How many of the first bytes are kept for a dead letter. */
  readonly headBytes: number
  readonly signal?: AbortSignal | undefined
}

/** Content whose hash is known before it is parsed. */
export interface LoadedContent {
  /** SHA-256 in hexadecimal. */
  readonly hash: string
  /** Size in bytes. */
  readonly size: number
  /** The first bytes. */
  readonly head: Uint8Array
  /** All bytes; a stream can be read once, and throws if it differs from what was hashed. */
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>
  /** Lets go of what it holds. */
  close(): Promise<void>
}

/** Reads a content as far as it is needed to know its hash. Lets errors of the bytes pass untouched. */
export async function loadContent(content: SourceContent, options: LoadContentOptions): Promise<LoadedContent> {
  const { bytes } = content
  return bytes instanceof Uint8Array ? whole(bytes, options) : streamed(bytes, content.repeatable === true, options)
}

function whole(bytes: Uint8Array, { headBytes }: LoadContentOptions): LoadedContent {
  const head = bytes.subarray(0, headBytes)
  return { hash: hash('sha256', bytes), size: bytes.length, head, bytes, close: async () => {} }
}

async function streamed(
  stream: AsyncIterable<Uint8Array>,
  repeatable: boolean,
  options: LoadContentOptions,
): Promise<LoadedContent> {
  const { path, maxMemory, spoolFolder, headBytes, signal } = options
  const digest = createHash('sha256')
  const held: Uint8Array[] = []
  let holding = true
  let head: Uint8Array = new Uint8Array()
  let size = 0
  const spool = openSpool(spoolFolder)
  try {
    for await (const piece of stream) {
      signal?.throwIfAborted()
      if (!(piece instanceof Uint8Array)) {
        const reason = `its stream gave ${describeValue(piece)} where a Uint8Array was expected.`
        throw new IngestError('unreadable', path, reason)
      }
      digest.update(piece)
      size += piece.length
      if (head.length < headBytes) head = Buffer.concat([head, piece.subarray(0, headBytes - head.length)])
      if (holding) held.push(piece)
      holding = size <= maxMemory
      if (holding) continue
      if (!repeatable) for (const waiting of held.length > 0 ? held : [piece]) await spool.write(waiting)
      held.length = 0
    }
  } catch (error) {
    await spool.close()
    throw error
  }
  const known = digest.digest('hex')
  if (holding) {
    const bytes = held.length === 1 ? held[0]! : Buffer.concat(held, size)
    return { hash: known, size, head, bytes, close: () => spool.close() }
  }
  const again = repeatable ? verified(stream, known, path) : spool.read()
  return { hash: known, size, head, bytes: again, close: () => spool.close() }
}

/** The stream once more, if it is the same. */
async function* verified(
  stream: AsyncIterable<Uint8Array>,
  expected: string,
  path: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const digest: Hash = createHash('sha256')
  for await (const piece of stream) {
    digest.update(piece)
    yield piece
  }
  if (digest.digest('hex') === expected) return
  throw new IngestError('changed_while_read', path, 'it changed while it was read.', { retryable: true })
}
