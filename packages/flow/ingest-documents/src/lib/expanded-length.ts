/** Filters of PDF, besides Flate, that make more of what is in a stream (ISO 32000-1, sections 7.4.4 and 7.4.5). */
export type ExpandingFilter = 'lzw' | 'run-length'

/** How long data becomes by a filter; more than `most` is not looked at. Holds nothing of it. */
export function expandedLength(filter: ExpandingFilter, data: Uint8Array, most: number): number {
  return filter === 'lzw' ? lzwLength(data, most) : runLength(data, most)
}

function runLength(data: Uint8Array, most: number): number {
  let length = 0
  for (let at = 0; at < data.length && length <= most;) {
    const count = data[at]!
    if (count === 128) break
    length += count < 128 ? count + 1 : 257 - count
    at += count < 128 ? count + 2 : 2
  }
  return length
}

const clear = 256
const end = 257
const mostCodes = 4096

function lzwLength(data: Uint8Array, most: number): number {
  const lengths = new Uint16Array(mostCodes)
  let length = 0
  let bits = 0
  let count = 0
  let width = 9
  let next = end + 1
  let last = 0
  for (const byte of data) {
    bits = ((bits << 8) | byte) & 0xfffff
    count += 8
    if (count < width) continue
    count -= width
    const code = (bits >> count) & ((1 << width) - 1)
    if (code === end || length > most) break
    if (code === clear) {
      width = 9
      next = end + 1
      last = 0
      continue
    }
    // One that is not known yet is the last one and a byte.
    const size = code < clear ? 1 : code < next ? lengths[code]! : last + 1
    length += size
    if (last > 0 && next < mostCodes) lengths[next++] = last + 1
    last = size
    while (width < 12 && next + 1 >= 1 << width) width++
  }
  return length
}
