import * as char from './char.ts'
import { at, lookAhead } from './source.ts'

/** The offset of the next code unit that is not white space, in escaped JSON not a written-out `\n` either. */
export function skipSpace(text: string, from: number): number {
  let offset = from
  for (;;) {
    const code = at(text, offset)
    if (char.isJsonSpace(code) || char.isForeignSpace(code)) offset++
    else return offset
  }
}

/** The offset of the last code unit before `from` that is not white space, at most `lookAhead` back. */
export function skipSpaceBack(text: string, from: number): number {
  let offset = from - 1
  const limit = Math.max(-1, from - lookAhead)
  while (offset > limit && (char.isJsonSpace(at(text, offset)) || char.isForeignSpace(at(text, offset)))) offset--
  return offset
}

/** Whether a line feed stands between two offsets that are only white space apart. */
export function hasLineFeed(text: string, from: number, to: number): boolean {
  for (let offset = from; offset < to; offset++) if (at(text, offset) === char.lineFeed) return true
  return false
}

/** Whether three backticks stand at an offset. */
export function isFence(text: string, offset: number): boolean {
  const code = at(text, offset)
  if (code !== char.backtick && code !== char.tilde) return false
  return at(text, offset + 1) === code && at(text, offset + 2) === code
}

/** Whether a Markdown fence or the tag that closes the one around the value stands at an offset: `</json>`. */
export function endsValue(text: string, offset: number): boolean {
  return isFence(text, offset) || isClosingTag(text, offset)
}

const closingTags = /^(?:<\/[A-Za-z][^<>\s]{0,40}>|<\|[\w.-]{1,40}\|>)+/

/** Whether closing tags stand at an offset, and behind them neither more of a value nor more of its line. */
function isClosingTag(text: string, offset: number): boolean {
  const code = at(text, offset + 1)
  if (at(text, offset) !== char.lessThan || (code !== char.slash && code !== char.bar)) return false
  const [tags] = closingTags.exec(text.slice(offset, offset + lookAhead)) ?? ['']
  if (tags === '') return false
  const end = offset + tags.length
  const next = skipSpace(text, end)
  const following = at(text, next)
  if (following === char.none) return true
  return (hasLineFeed(text, end, next) || following === char.lessThan) && !isDelimiter(text, next)
}

/** Whether a comment begins at an offset. `#` is one only where nothing else can be. */
export function isComment(text: string, offset: number): boolean {
  const code = at(text, offset)
  if (code === char.slash) {
    const next = at(text, offset + 1)
    return next === char.slash || next === char.asterisk
  }
  return code === char.hash || (code === char.lessThan && text.startsWith('<!--', offset))
}

/** Whether three dots, or the one character for them, stand at an offset. */
export function ellipsisLength(text: string, offset: number): number {
  if (at(text, offset) === char.ellipsis) return 1
  if (at(text, offset) !== char.dot || !text.startsWith('...', offset)) return 0
  let length = 3
  while (at(text, offset + length) === char.dot) length++
  return length
}

/** What a quoted text is followed by, as far as one can see. */
export type QuoteSight =
  | { readonly kind: 'closed'; readonly next: number }
  /** The text ends inside. */
  | { readonly kind: 'cut' }
  /** It reaches further than the look-ahead. */
  | { readonly kind: 'far' }

const cut: QuoteSight = { kind: 'cut' }
const far: QuoteSight = { kind: 'far' }

/** Looks over the quoted text that begins at an offset; `next` is the offset of what follows its closing quote. */
export function seeQuoted(text: string, offset: number): QuoteSight {
  const family = char.quoteFamily(at(text, offset))
  const limit = offset + lookAhead
  for (let index = offset + 1; index < limit; index++) {
    const code = at(text, index)
    if (code === char.none) return cut
    if (code === char.backslash) index++
    else if (char.closesQuote(family, code)) return { kind: 'closed', next: skipSpace(text, index + 1) }
  }
  return far
}

/** How many quotation marks of one kind stand at an offset; more than four count as four. */
export function quoteRun(text: string, offset: number): number {
  let run = 1
  while (run < 4 && at(text, offset + run) === at(text, offset)) run++
  return run
}

/** Whether a key and its colon begin at an offset: quoted or a bare name. What is cut or too long counts as one. */
export function isKeyAt(text: string, offset: number): boolean {
  const code = at(text, offset)
  if (char.quoteFamily(code) > 0) {
    const sight = seeQuoted(text, offset)
    return sight.kind !== 'closed' || at(text, sight.next) === char.colon || at(text, sight.next) === char.equals
  }
  if (code === char.backslash && char.quoteFamily(at(text, offset + 1)) > 0) return isEscapedKeyAt(text, offset)
  return isBareKeyAt(text, offset)
}

/** Whether a quoted key that is followed by a colon begins at an offset; nothing less counts. */
export function isQuotedKeyAt(text: string, offset: number): boolean {
  if (char.quoteFamily(at(text, offset)) === 0) return false
  const sight = seeQuoted(text, offset)
  return sight.kind === 'closed' && at(text, sight.next) === char.colon
}

/** Whether a quoted item with a delimiter behind it stands at an offset. */
export function isWholeItem(text: string, offset: number): boolean {
  if (char.quoteFamily(at(text, offset)) === 0) return false
  const sight = seeQuoted(text, offset)
  return sight.kind === 'closed' && isDelimiter(text, sight.next)
}

/** Whether a name without quotes, perhaps with a stray one at its end, and a colon begin at an offset. */
export function isBareKeyAt(text: string, offset: number): boolean {
  if (!char.isLetter(at(text, offset)) && !char.isDigit(at(text, offset))) return false
  const limit = offset + lookAhead
  let index = offset + 1
  while (index < limit && (char.isLetter(at(text, index)) || isNamePart(at(text, index)))) index++
  if (at(text, index) === char.space) index = endOfWords(text, index)
  if (char.quoteFamily(at(text, index)) > 0) index++
  index = skipSpace(text, index)
  return at(text, index) === char.colon && !text.startsWith('//', index + 1)
}

/** The offset of the quotation mark behind more words of a name that has lost its first one (`first name": 1`), else the given one. */
function endOfWords(text: string, offset: number): number {
  const [words = ''] = /^[\p{L}\p{N}_ -]+(?=["'])/u.exec(text.slice(offset, offset + 64)) ?? []
  return offset + words.length
}

function isEscapedKeyAt(text: string, offset: number): boolean {
  const end = text.slice(offset + 2, offset + lookAhead).indexOf('\\"')
  return end < 0 || at(text, skipSpace(text, offset + end + 4)) === char.colon
}

function isNamePart(code: number): boolean {
  return char.isDigit(code) || code === char.minus || code === char.dot
}

/** Whether the text from an offset on can be the first character of a JSON value, or is the end. */
export function isValueStart(text: string, offset: number): boolean {
  const code = at(text, offset)
  if (code === char.none || char.quoteFamily(code) > 0) return true
  if (code === char.openBrace || code === char.openBracket || code === char.openParenthesis) return true
  if (char.isDigit(code) || code === char.minus) return true
  if (isComment(text, offset) || ellipsisLength(text, offset) > 0) return true
  return isLiteralAt(text, offset)
}

/** Whether a whole literal, or one that the end of the text cuts, stands at an offset. */
export function isLiteralAt(text: string, offset: number): boolean {
  let end = offset
  while (end < offset + 10 && char.isLetter(at(text, end))) end++
  if (end === offset) return false
  const word = text.slice(offset, end)
  if (words.has(word)) {
    const next = skipSpace(text, end)
    const code = at(text, next)
    return isDelimiter(text, next) || code === char.openBrace || code === char.openBracket || code === char.doubleQuote
  }
  if (end !== text.length) return false
  for (const whole of words) if (whole.startsWith(word)) return true
  return false
}

const words = new Set(['true', 'false', 'null', 'True', 'False', 'None', 'undefined', 'NaN', 'Infinity'])

/** Whether what stands at an offset can follow a value. */
export function isDelimiter(text: string, offset: number): boolean {
  const code = at(text, offset)
  return (
    code === char.none ||
    code === char.comma ||
    char.isCloser(code) ||
    code === char.semicolon ||
    endsValue(text, offset) ||
    (code !== char.hash && isComment(text, offset))
  )
}
