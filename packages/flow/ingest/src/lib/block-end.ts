/** Where a block of text may end, best first: each also takes what comes before it if the other is not found. */
export type BlockEnd = 'paragraph' | 'line'

/** Just after the last line feed of some bytes; 0 if there is none. */
export function lastLineEnd(bytes: Buffer, encoding: string): number {
  const unit = unitOf(encoding)
  if (unit === 1) return bytes.lastIndexOf(0x0a) + 1
  const feed = Buffer.alloc(unit)
  feed[encoding.endsWith('le') ? 0 : unit - 1] = 0x0a
  let at = bytes.lastIndexOf(feed)
  while (at > 0 && at % unit !== 0) at = bytes.lastIndexOf(feed, at - 1)
  return at < 0 ? 0 : at + unit
}

/** Just after the last blank line, from `least` on, that a line without an indent follows; else any blank line; else 0. */
export function lastParagraphEnd(bytes: Buffer, encoding: string, least: number): number {
  if (unitOf(encoding) !== 1) return 0
  let found = 0
  let end = bytes.lastIndexOf(0x0a)
  while (end > least) {
    const before = bytes.lastIndexOf(0x0a, end - 1)
    if (isBlank(bytes, before + 1, end) && end + 1 < bytes.length) {
      const next = bytes[end + 1]
      if (next !== 0x20 && next !== 0x09 && next !== 0x0d && next !== 0x0a) return end + 1
      if (found === 0) found = end + 1
    }
    end = before
  }
  return found
}

/** The last end of a character in some bytes: of a space from `least` on, if there is one. */
export function lastCharacterEnd(bytes: Buffer, encoding: string, least: number): number {
  const unit = unitOf(encoding)
  if (unit > 1) return lastWideEnd(bytes, encoding, unit)
  const space = bytes.lastIndexOf(0x20) + 1
  if (space > least) return space
  if (encoding === 'utf-8') return lastUtf8End(bytes)
  if (!/^(?:gb18030|gbk|big5.*|shift_jis|cp9\d\d|euc-..|windows-9\d\d)$/.test(encoding)) return bytes.length
  let end = 0
  for (let next = 0; next <= bytes.length; next += multiByteLength(bytes, next, encoding)) end = next
  return end
}

function unitOf(encoding: string): 1 | 2 | 4 {
  return encoding.startsWith('utf-16') ? 2 : encoding.startsWith('utf-32') ? 4 : 1
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const byte = bytes[index]
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false
  }
  return true
}

function lastWideEnd(bytes: Buffer, encoding: string, unit: number): number {
  const end = bytes.length - (bytes.length % unit)
  if (unit === 4 || end < 4) return end
  const last = encoding.endsWith('le') ? bytes.readUInt16LE(end - 2) : bytes.readUInt16BE(end - 2)
  return last >= 0xd800 && last <= 0xdbff ? end - 2 : end
}

function lastUtf8End(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back < bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
    if (byte < 0x80) break
  }
  return bytes.length
}

function multiByteLength(bytes: Buffer, at: number, encoding: string): number {
  const lead = bytes[at] ?? 0
  if (lead <= 0x80 || lead === 0xff) return 1
  if (encoding === 'shift_jis' || encoding === 'cp932' || encoding === 'windows-932') {
    return lead >= 0xa0 && lead <= 0xdf ? 1 : 2
  }
  if (encoding === 'euc-jp' && lead === 0x8f) return 3
  const second = bytes[at + 1] ?? 0
  return encoding.startsWith('gb') && second >= 0x30 && second <= 0x39 ? 4 : 2
}
