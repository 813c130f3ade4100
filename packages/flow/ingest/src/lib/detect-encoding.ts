import { isUtf8 } from 'node:buffer'
import chardet from 'chardet'
import iconv from 'iconv-lite'
import { repairUtf8 } from './repair-utf8.ts'

/** How the bytes of a text mean characters. */
export interface TextEncodingGuess {
  /** A name that iconv-lite knows, in lower case. */
  readonly encoding: string
  /** From 0 to 1, where it is a guess. */
  readonly confidence?: number | undefined
}

/** Bytes that the guess is made of. */
const sampleSize = 64 * 1024
/** A guess that is less likely than this is no better than the commonest. */
const leastConfidence = 0.25
const commonest = 'windows-1252'
/** In the place of each of these, its superset, as browsers do. */
const supersets: ReadonlyMap<string, string> = new Map([
  ['iso-8859-1', 'windows-1252'],
  ['us-ascii', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['iso-8859-8', 'windows-1255'],
  ['iso-8859-9', 'windows-1254'],
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
])

const marks: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe, 0x00, 0x00], 'utf-32le'],
  [[0x00, 0x00, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** The encoding that a byte order mark says, and the length of the mark. */
export function readByteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | undefined {
  const mark = marks.find(([start]) => start.every((byte, index) => bytes[index] === byte))
  return mark && { encoding: mark[1], length: mark[0].length }
}

/** The name under which an encoding is known here; `undefined` if it is not, or says nothing. */
export function knownEncoding(label: string | undefined): string | undefined {
  const name = label
    ?.trim()
    .toLowerCase()
    .replace(/^utf(?=\d)/, 'utf-')
    .replace(/^utf-(16|32)$/, 'utf-$1le')
  if (name === undefined || name === '' || !iconv.encodingExists(name)) return undefined
  return supersets.get(name) ?? name
}

/** UTF-16 or UTF-32 without a mark, by where the zero bytes are in the Latin part of a text. */
export function detectWide(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, 4096) & ~3
  const zeros = [0, 0, 0, 0]
  for (let index = 0; index < length; index++) if (bytes[index] === 0) zeros[index % 4]!++
  const units = length / 4
  const [most, few] = [0.7 * units, 0.1 * units]
  const isHigh = (index: number): boolean => zeros[index]! > most
  const isLow = (index: number): boolean => zeros[index]! <= few
  if (units === 0) return undefined
  if (isLow(0) && isHigh(1) && isHigh(2) && isHigh(3)) return 'utf-32le'
  if (isHigh(0) && isHigh(1) && isHigh(2) && isLow(3)) return 'utf-32be'
  if (isLow(0) && isHigh(1) && isLow(2) && isHigh(3)) return 'utf-16le'
  if (isHigh(0) && isLow(1) && isHigh(2) && isLow(3)) return 'utf-16be'
  return undefined
}

/**
 * The encoding of bytes that are not all ASCII, and have neither a mark nor zero bytes.
 *
 * A text in another encoding is by chance next to never valid UTF-8. Hence UTF-8 comes before what is said of it.
 */
export function detectEncoding(bytes: Buffer, label: string | undefined): TextEncodingGuess {
  if (isUtf8(bytes)) return { encoding: 'utf-8' }
  const said = knownEncoding(label)
  if (said !== undefined && !said.startsWith('utf-')) return { encoding: said }
  const first = bytes.findIndex((byte) => byte >= 0x80)
  const sample = bytes.subarray(Math.max(0, first - sampleSize / 2), first + sampleSize / 2)
  const { text, broken } = repairUtf8(sample, { offset: 0, line: 1, byte: 0 })
  const whole = [...text].filter((character) => character > '\x7f').length - broken
  if (whole > 4 * broken) return { encoding: 'utf-8', confidence: whole / (whole + broken) }
  for (const { name, confidence } of chardet.analyse(sample)) {
    const encoding = knownEncoding(name)
    if (confidence / 100 < leastConfidence) break
    if (encoding !== undefined && !encoding.startsWith('utf-')) return { encoding, confidence: confidence / 100 }
  }
  return { encoding: commonest, confidence: 0 }
}
