import * as char from './char.ts'
import { at, type Source } from './source.ts'

const hex4 = /^[\da-fA-F]{4}$/
const named: Readonly<Record<string, string>> = { v: '\\u000b', '0': '\\u0000' }

/**
 * Passes the escape that begins at an offset inside a string, repairs it if JSON does not know it, and returns the
 * offset behind it; the end of the text if it cuts the escape.
 */
export function scanEscape({ text, edits }: Source, offset: number): number {
  const code = at(text, offset + 1)
  switch (code) {
    case char.doubleQuote:
    case char.backslash:
    case char.slash:
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return offset + 2
    case char.none:
      edits.add('remove_cut', surrogateStart(text, offset), text.length - surrogateStart(text, offset), '')
      return text.length
    case 0x75: // u
      return scanUnicode(text, edits, offset)
    case 0x78: // x
      return scanHex(edits, text, offset, 2)
    case 0x55: // U
      return scanHex(edits, text, offset, 8)
    case char.lineFeed:
      edits.add('replace_escape', offset, 2, '')
      return offset + 2
    case char.carriageReturn: {
      const length = at(text, offset + 2) === char.lineFeed ? 3 : 2
      edits.add('replace_escape', offset, length, '')
      return offset + length
    }
  }
  if (char.quoteFamily(code) > 0) {
    edits.add('replace_escape', offset, 1, '')
    return offset + 2
  }
  const replacement = named[String.fromCharCode(code)]
  if (replacement !== undefined && !char.isDigit(at(text, offset + 2))) {
    edits.add('replace_escape', offset, 2, replacement)
    return offset + 2
  }
  if (code === 0x5f) {
    // `\_` of Markdown.
    edits.add('replace_escape', offset, 1, '')
    return offset + 2
  }
  edits.add('escape_backslash', offset, 0, '\\')
  return offset + 1
}

function scanUnicode(text: string, edits: Source['edits'], offset: number): number {
  const digits = text.slice(offset + 2, offset + 6)
  if (hex4.test(digits)) return offset + 6
  if (digits.startsWith('{')) {
    const braced = /^\{([\da-fA-F]{1,6})\}/.exec(text.slice(offset + 2, offset + 10))
    const escaped = escapeCodePoint(Number.parseInt(braced?.[1] ?? '', 16))
    if (braced !== null && escaped !== undefined) {
      edits.add('replace_escape', offset, 2 + braced[0].length, escaped)
      return offset + 2 + braced[0].length
    }
  }
  if (offset + 2 + digits.length === text.length && /^[\da-fA-F]*$/.test(digits)) {
    const start = surrogateStart(text, offset)
    edits.add('remove_cut', start, text.length - start, '')
    return text.length
  }
  edits.add('escape_backslash', offset, 0, '\\')
  return offset + 1
}

/** `\x41` and Python's `\U0001F600`. */
function scanHex(edits: Source['edits'], text: string, offset: number, length: number): number {
  const digits = text.slice(offset + 2, offset + 2 + length)
  const isHex = /^[\da-fA-F]*$/.test(digits)
  if (isHex && digits.length === length) {
    const escaped = escapeCodePoint(Number.parseInt(digits, 16))
    if (escaped !== undefined) {
      edits.add('replace_escape', offset, 2 + length, escaped)
      return offset + 2 + length
    }
  }
  if (isHex && length === 2 && offset + 2 + digits.length === text.length) {
    edits.add('remove_cut', offset, 2 + digits.length, '')
    return text.length
  }
  edits.add('escape_backslash', offset, 0, '\\')
  return offset + 1
}

function escapeCodePoint(point: number): string | undefined {
  if (!(point <= 0x10ffff)) return undefined
  const units = String.fromCodePoint(point)
  return Array.from({ length: units.length }, (_, index) => {
    return `\\u${units.charCodeAt(index).toString(16).padStart(4, '0')}`
  }).join('')
}

/** The start of the first half of an escaped surrogate pair that ends at an offset, else the offset itself. */
export function surrogateStart(text: string, end: number): number {
  if (!/^\\u[dD][89abAB][\da-fA-F]{2}$/.test(text.slice(Math.max(0, end - 6), end))) return end
  let backslashes = 0
  while (at(text, end - 7 - backslashes) === char.backslash) backslashes++
  return backslashes % 2 === 0 ? end - 6 : end
}
