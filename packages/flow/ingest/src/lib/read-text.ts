import { IngestError } from './ingest-error.ts'
import { type BlockEnd, lastCharacterEnd, lastLineEnd, lastParagraphEnd } from './block-end.ts'
import { mediaCharset } from './media-charset.ts'
import type { ParserContent } from './parser.ts'
import { type TextBlock, TextDecoding } from './text-decoding.ts'

/** How a text is read in blocks. */
export interface ReadTextOptions {
  /** Where a block ends, if there is such a place in its second half. */
  readonly end: BlockEnd
  /** The bytes of a block. Default: 16 KiB. */
  readonly blockSize?: number | undefined
  /** The most bytes of a line that must not be cut. Default: lines are cut where they do not fit in a block. */
  readonly longestLine?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The text of a content, in blocks that are small whatever the content. Pulls no more bytes than the next block needs.
 *
 * Throws `IngestError`: `empty`, `binary`, and `too_large` for a line over `longestLine`.
 */
export async function* readText(
  path: string,
  { bytes, mediaType }: ParserContent,
  { end, blockSize = 16 * 1024, longestLine, signal }: ReadTextOptions,
): AsyncGenerator<TextBlock, void, undefined> {
  const decoding = new TextDecoding(path, mediaCharset(mediaType))
  let started = false
  let wanted = blockSize
  let pieces: Buffer[] = []
  let length = 0

  function take(last: boolean): TextBlock | undefined {
    if (!started) start()
    const window = firstBytes(Math.min(wanted, length))
    const whole = last && window.length === length
    const cut = whole ? length : endOf(window)
    skip(cut)
    // Of what comes back whole, the next time twice as much is looked at: linear.
    wanted = cut > 0 ? blockSize : 2 * wanted
    return cut > 0 ? decoding.decode(window.subarray(0, cut)) : undefined
  }

  function start(): void {
    const all = firstBytes(length)
    pieces = [all]
    skip(decoding.start(all))
    started = true
  }

  /** Copied only where they come from several pieces. */
  function firstBytes(size: number): Buffer {
    const first = pieces[0] ?? Buffer.alloc(0)
    return first.length >= size ? first.subarray(0, size) : Buffer.concat(pieces, size)
  }

  function skip(size: number): void {
    length -= size
    let left = size
    let passed = 0
    while (passed < pieces.length && pieces[passed]!.length <= left) left -= pieces[passed++]!.length
    pieces = pieces.slice(passed)
    if (left > 0) pieces[0] = pieces[0]!.subarray(left)
  }

  function endOf(window: Buffer): number {
    const { encoding } = decoding
    const half = window.length / 2
    const paragraph = end === 'paragraph' ? lastParagraphEnd(window, encoding, half) : 0
    const found = paragraph > 0 ? paragraph : lastLineEnd(window, encoding)
    if (longestLine !== undefined) {
      if (found === 0 && window.length > longestLine) {
        throw new IngestError('too_large', path, `a line of more than ${longestLine} bytes. Split it.`)
      }
      return found
    }
    return found > half ? found : lastCharacterEnd(window, encoding, half)
  }

  for await (const piece of Symbol.asyncIterator in bytes ? bytes : [bytes]) {
    signal?.throwIfAborted()
    if (piece.length === 0) continue
    pieces.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    length += piece.length
    while (length > wanted) {
      const block = take(false)
      if (block !== undefined) yield block
      signal?.throwIfAborted()
    }
  }
  if (!started && length === 0) throw new IngestError('empty', path, 'skipped, the file is empty.')
  while (pieces.length > 0) {
    const block = take(true)
    if (block !== undefined) yield block
    signal?.throwIfAborted()
  }
}
