import { Unzlib } from 'fflate'
import { countExpanded } from './count-expanded.ts'
import { inflatedTooLarge } from './inflated-too-large.ts'

const keyword = Buffer.from('stream')
const slice = 64 * 1024
/** What is inflated may be there to be inflated again. */
const mostFilters = 4

/**
 * Inflates the streams of a PDF file, to throw `IngestError` (`too_large`) if they have more than `maxInflatedBytes` in all:
 * the reader would hold them in memory, however large. Streams in filters for images are not looked at: nobody asks for those.
 * Holds no more than a slice at a time.
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
  countExpanded(path, buffer, { most: maxInflatedBytes, count })
}

function countInflated(data: Uint8Array, count: (length: number) => void): void {
  const inflater = createInflater(count, 0)
  for (let from = 0; from < data.length; from += slice) if (!inflater.push(data.subarray(from, from + slice))) break
  inflater.end()
}

interface Inflater {
  /** Takes compressed data, and says whether anything may come of more; of what is not compressed nothing does. */
  push(data: Uint8Array): boolean
  /** Takes no more: what was held back is counted. */
  end(): void
}

function createInflater(count: (length: number) => void, filters: number): Inflater {
  let stream: Unzlib | undefined
  let next: Inflater | undefined
  let started = false
  let length = 0
  let idle = 0

  function start(data: Uint8Array): void {
    started = true
    if (filters === mostFilters || !isZlib(data)) return
    next = createInflater(count, filters + 1)
    let more = true
    stream = new Unzlib((piece) => {
      count(piece.length)
      length += piece.length
      if (piece.length > 0 && more) more = next!.push(piece)
    })
  }

  function feed(data: Uint8Array, last: boolean): void {
    try {
      stream?.push(data, last)
    } catch (error) {
      if (!isDamage(error)) throw error
      // What is broken from here on ends here for the reader, too.
      stream = undefined
    }
  }

  return {
    push(data) {
      if (!started) start(data)
      const before = length
      feed(data, false)
      idle = length > before ? 0 : idle + data.length
      return stream !== undefined && idle < 2 * slice
    },
    end() {
      feed(new Uint8Array(), true)
      next?.end()
    },
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
