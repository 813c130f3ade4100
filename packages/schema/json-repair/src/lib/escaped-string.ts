import * as char from './char.ts'
import { isDelimiter, skipSpace } from './look-ahead.ts'
import { at, type Source } from './source.ts'

/** How many backslashes stand before the quotation mark at which an escaped string begins; 0 if none begins there. */
export function escapeDepth(text: string, offset: number): number {
  let depth = 0
  while (at(text, offset + depth) === char.backslash && depth < 15) depth++
  const code = at(text, offset + depth)
  return depth > 0 && (code === char.doubleQuote || code === char.singleQuote) ? depth : 0
}

/**
 * Reads a string of JSON that was escaped as a whole, as `\"a\"`: quotation marks with as many backslashes as the first
 * one end it. Returns the offset behind it, and whether the text ends inside.
 */
export function scanEscapedString(source: Source, offset: number, depth: number): { end: number; isCut: boolean } {
  const { text, edits } = source
  const start = offset + depth + 1
  const mark = text[offset + depth] ?? '"'
  let quote = text.indexOf(mark, start)
  for (; quote >= 0; quote = text.indexOf(mark, quote + 1)) {
    let backslashes = 0
    while (quote - backslashes > start && at(text, quote - backslashes - 1) === char.backslash) backslashes++
    if (backslashes > depth) continue
    const next = skipSpace(text, quote + 1)
    const follows = isDelimiter(text, next) || at(text, next) === char.colon || at(text, next) === char.backslash
    if (!follows) continue
    const body = source.original.slice(start, quote - backslashes)
    edits.add('unescape_text', offset, quote + 1 - offset, `"${unescapeBody(body, depth)}"`)
    return { end: quote + 1, isCut: false }
  }
  const body = source.original.slice(start).replace(/\\+(?:u[\da-fA-F]{0,3})?$/, '')
  edits.add('unescape_text', offset, text.length - offset, `"${unescapeBody(body, depth)}"`)
  return { end: text.length, isCut: true }
}

/** Takes back one level of escaping for each doubling of backslashes, and leaves the body of a JSON string. */
function unescapeBody(body: string, depth: number): string {
  let text = body
  for (let level = Math.round(Math.log2(depth + 1)); level > 0; level--) text = text.replace(escapes, unescapeOne)
  return text.replace(unsafe, (match) => (match.length > 1 ? match : JSON.stringify(match).slice(1, -1)))
}

const escapes = /\\(?:u[\da-fA-F]{4}|[\s\S])/g
// oxlint-disable-next-line no-control-regex -- control characters are what has to be escaped
const unsafe = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|[\\"\u0000-\u001F]/g
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function unescapeOne(match: string): string {
  const code = match.charAt(1)
  if (match.length > 2) return String.fromCharCode(Number.parseInt(match.slice(2), 16))
  return controls[code] ?? code
}
