import * as char from './char.ts'
import { isComment } from './look-ahead.ts'
import { at, type Source } from './source.ts'

/**
 * Passes white space and comments between the parts of a value, and returns the offset behind them.
 *
 * `hashIsComment: false` where a value is expected, for `color: #fff`.
 */
export function scanBlank(source: Source, from: number, hashIsComment = true): number {
  const { text, edits } = source
  let offset = from
  for (;;) {
    const code = at(text, offset)
    if (code > char.space && code < 0x7f && code !== char.slash && code !== char.hash && code !== char.backslash) {
      if (code !== char.lessThan || !isComment(text, offset)) return offset
    }
    if (char.isJsonSpace(code)) offset++
    else if (char.isForeignSpace(code)) {
      let end = offset + 1
      while (char.isForeignSpace(at(text, end))) end++
      edits.add('replace_space', offset, end - offset, ' ')
      offset = end
    } else if (code === char.backslash) {
      const next = at(text, offset + 1)
      if (!isWrittenSpace(next)) return offset
      edits.add('unescape_text', offset, 2, ' ')
      offset += 2
    } else if (isComment(text, offset)) {
      if (code === char.hash && !hashIsComment && isWordCode(at(text, offset + 1))) return offset
      const end = innerCommentEnd(source, offset)
      edits.add('remove_comment', offset, end - offset, '')
      offset = end
    } else return offset
  }
}

/** The offset behind the comment that begins at an offset: of `//` and `#` that of the line's end. */
export function commentEnd(text: string, offset: number): number {
  const code = at(text, offset)
  const isBlock = code === char.slash && at(text, offset + 1) === char.asterisk
  if (isBlock || code === char.lessThan) {
    const end = isBlock ? text.indexOf('*/', offset + 2) : text.indexOf('-->', offset + 4)
    return end < 0 ? text.length : end + (isBlock ? 2 : 3)
  }
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}

/** As `commentEnd`; on the last line of the text, a comment ends before a closer that it does not open. */
function innerCommentEnd({ text, lastLine }: Source, offset: number): number {
  const isBlock = at(text, offset) === char.lessThan || at(text, offset + 1) === char.asterisk
  if (isBlock || offset < lastLine) return commentEnd(text, offset)
  let depth = 0
  for (let index = offset; index < text.length; index++) {
    const code = at(text, index)
    if (code === char.openBrace || code === char.openBracket) depth++
    else if ((code === char.closeBrace || code === char.closeBracket) && depth-- === 0) return index
  }
  return text.length
}

/** `n`, `r` and `t` behind a backslash, or a line's end: white space of JSON that was escaped as a whole. */
export function isWrittenSpace(code: number): boolean {
  return code === 0x6e || code === 0x72 || code === 0x74 || code === char.lineFeed || code === char.carriageReturn
}

function isWordCode(code: number): boolean {
  return char.isLetter(code) || char.isDigit(code)
}
