/** The filters of a stream of PDF, by their short names, in the order in which they are taken off. */
export type PdfFilter = 'Fl' | 'LZW' | 'RL' | 'A85' | 'AHx'

const shortNames: Readonly<Record<string, PdfFilter>> = {
  Fl: 'Fl',
  FlateDecode: 'Fl',
  LZW: 'LZW',
  LZWDecode: 'LZW',
  RL: 'RL',
  RunLengthDecode: 'RL',
  A85: 'A85',
  ASCII85Decode: 'A85',
  AHx: 'AHx',
  ASCIIHexDecode: 'AHx',
}

/**
 * The filters that an object names; `undefined` if they are named elsewhere, or in a way that nobody needs. Those of images are left
 * out.
 *
 * @param object The text of the object, in Latin-1.
 */
export function pdfFilters(object: string): readonly PdfFilter[] | undefined {
  const all = [...object.matchAll(/\/(?:Filter|F)\s*(\[[^\]]*\]?|\/[^\s<>[\]()/]+|\d+\s+\d+\s+R)/g)]
  const found = all[0]?.[1]
  if (found === undefined) return []
  if (all.length > 1) return undefined
  if (/^\d/.test(found) || /#|\d\s+R\b/.test(found)) return undefined
  const names = found.match(/[^\s[\]/]+/g) ?? []
  return names.flatMap((name) => (Object.hasOwn(shortNames, name) ? [shortNames[name]!] : []))
}

/** Takes the filters for text off, which make data smaller. */
export function decodeTextFilter(filter: 'A85' | 'AHx', data: Uint8Array): Uint8Array {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1')
  if (filter === 'AHx') return Buffer.from(text.split('>', 1)[0]!.replace(/\s+/g, ''), 'hex')
  const bytes = Buffer.alloc(text.length * 4)
  let length = 0
  let value = 0
  let count = 0
  for (const byte of data) {
    if (byte === 0x7e) break
    if (byte === 0x7a && count === 0) {
      length += 4
      continue
    }
    if (byte < 0x21 || byte > 0x75) continue
    value = value * 85 + byte - 0x21
    if (++count < 5) continue
    length = bytes.writeUInt32BE(value % 2 ** 32, length)
    value = 0
    count = 0
  }
  return bytes.subarray(0, length + Math.max(0, count - 1))
}
