import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { Anchor } from './document.ts'
import { repairUtf8 } from './repair-utf8.ts'

/** A stretch of a text and where it stood. */
export interface DecodedBlock {
  readonly text: string
  /** The first is at 0. */
  readonly anchors: readonly Anchor[]
}

/** The text of bytes that start and end between characters. What is broken becomes U+FFFD. */
export function decodeBlock(bytes: Buffer, encoding: string, line: number, byte: number): DecodedBlock {
  const start: Anchor = { offset: 0, line, byte }
  if (encoding === 'utf-8') {
    return isUtf8(bytes) ? { text: bytes.toString('utf8'), anchors: [start] } : repairUtf8(bytes, start)
  }
  const text = decode(bytes, encoding)
  return text.includes('\ufffd') && !encoding.startsWith('utf-')
    ? decodeLines(bytes, encoding, start)
    : { text, anchors: [start] }
}

/** Line by line: how many bytes a U+FFFD was cannot be told, but a line feed is one byte in all these encodings. */
function decodeLines(bytes: Buffer, encoding: string, start: Anchor): DecodedBlock {
  const texts: string[] = []
  const anchors: Anchor[] = [start]
  let { offset, line } = start
  for (let from = 0; from < bytes.length;) {
    const feed = bytes.indexOf(0x0a, from)
    const next = feed < 0 ? bytes.length : feed + 1
    const text = decode(bytes.subarray(from, next), encoding)
    texts.push(text)
    offset += text.length
    line++
    from = next
    if (text.includes('\ufffd') && from < bytes.length) anchors.push({ offset, line, byte: start.byte + from })
  }
  return { text: texts.join(''), anchors }
}

function decode(bytes: Buffer, encoding: string): string {
  return iconv.decode(bytes, encoding, { stripBOM: false }).toWellFormed()
}
