import { countLines } from './count-lines.ts'
import type { Anchor } from './document.ts'

/** The text of bytes that are UTF-8 but for some places, which become U+FFFD, with an anchor after each of those. */
export function repairUtf8(bytes: Buffer, start: Anchor): { text: string; anchors: Anchor[]; broken: number } {
  const text = bytes.toString('utf8')
  const anchors = [start]
  let { line } = start
  let byte = 0
  let from = 0
  for (let offset = text.indexOf('\ufffd'); offset >= 0; offset = text.indexOf('\ufffd', from)) {
    const before = text.slice(from, offset)
    line += countLines(before)
    byte += Buffer.byteLength(before)
    from = offset + 1
    const length = brokenLength(bytes, byte)
    // It may be there by right, as three bytes.
    byte += length === 0 ? 3 : length
    if (length > 0) anchors.push({ offset: from, line, byte: start.byte + byte })
  }
  return { text, anchors, broken: anchors.length - 1 }
}

/** How many bytes a decoder takes for one U+FFFD: the longest start of a character, else one (WHATWG Encoding, Unicode 3.9). */
function brokenLength(bytes: Buffer, at: number): number {
  const lead = bytes[at]!
  if (lead < 0xc2 || lead > 0xf4) return 1
  const needed = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
  let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  for (let length = 1; length <= needed; length++) {
    const next = bytes[at + length]
    if (next === undefined || next < low || next > high) return length
    low = 0x80
    high = 0xbf
  }
  return 0
}
