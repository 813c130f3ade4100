import { Unzlib } from 'fflate'
import { inflatedTooLarge } from './inflated-too-large.ts'

const keyword = Buffer.from('stream')
const slice = 64 * 1024
/** What is inflated may be there to be inflated again. */
const mostFilters = 4

/**
 * Inflates the streams of a PDF file, to throw `IngestError` (`too_large`) if they have more than `maxInflatedBytes` in all:
 * the reader would hold them in memory, however large. Streams in other filters than Flate are not looked at: those cannot
 * grow as much. Holds no more than a slice at a time.
 */
export function checkPdfStreams(path: string, bytes: Uint8Array, maxInflatedBytes: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let inflated = 0

  function count(length: number): void {
    inflated += length
    if (inflated > maxInflatedBytes) throw inflatedTooLarge(path, maxInflatedBytes)
  }

  for (let at = buffer.indexOf(keyword); at >= 0; at = buffer.indexOf(keyword, at + keyword.length)) {
    let start = at + keyword.length
    if (buffer[start] === 0x0d) start++
    if (buffer[start] === 0x0a) countInflated(buffer.subarray(start + 1), count)
  }
}

function countInflated(data: Uint8Array, count: (length: number) => void): void {
  const push = inflater(count, 0)
  for (let from = 0; from < data.length; from += slice) if (!push(data.subarray(from, from + slice))) return
}

/** Takes compressed data, and says whether anything came of it; of what is not compressed nothing does. */
function inflater(count: (length: number) => void, filters: number): (data: Uint8Array) => boolean {
  let stream: Unzlib | undefined
  let started = false
  let length = 0
  return (data) => {
    if (!started) {
      started = true
      if (filters === mostFilters || !isZlib(data)) return false
      const next = inflater(count, filters + 1)
      let more = true
      stream = new Unzlib((piece) => {
        count(piece.length)
        length += piece.length
        if (piece.length > 0) more &&= next(piece)
      })
    }
    const before = length
    try {
      stream?.push(data)
    } catch (error) {
      if (!isDamage(error)) throw error
      // What is broken from here on ends here for the reader, too.
      return false
    }
    return length > before
  }
}

/** Whether it is an error of fflate's, which are plain ones with a number. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && typeof (error as { readonly code?: unknown }).code === 'number'
}

/** A header of zlib (RFC 1950): deflate, and a check sum. */
function isZlib(data: Uint8Array): boolean {
  return data.length > 2 && (data[0]! & 0x0f) === 8 && (data[0]! * 256 + data[1]!) % 31 === 0
}
