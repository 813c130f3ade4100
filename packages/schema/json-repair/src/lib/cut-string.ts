import * as char from './char.ts'
import { surrogateStart } from './escape-text.ts'
import type { Frame } from './frames.ts'
import { skipSpace } from './look-ahead.ts'
import { at, lookAhead, type Source } from './source.ts'

/**
 * Ends a string that the text does not end.
 *
 * All of the text is the string, except closers at its very end that have no opener in it, and the end of a Markdown
 * fence. Half a surrogate pair is dropped.
 */
export function closeCutString(
  source: Source,
  start: number,
  frames: readonly Frame[],
): { end: number; isCut: boolean } {
  const { text, edits } = source
  const last = edits.last()
  // The cut escape at the very end is already removed.
  if (last !== undefined && last.kind === 'remove_cut' && last.offset >= start) {
    edits.add('complete_cut', text.length, 0, '"')
    return { end: text.length, isCut: true }
  }
  let end = frames.length === 0 ? text.length : contentEnd(text, start, frames)
  if (last !== undefined && last.offset < end) end = Math.max(end, last.offset + last.length)
  if (end < text.length) {
    edits.rewindTo(end)
    const isStray = isStrayClosing(text, start, end)
    edits.add(isStray ? 'replace_quote' : 'complete_cut', isStray ? end - 1 : end, isStray ? 1 : 0, '"')
    return { end, isCut: true }
  }
  const code = at(text, end - 1)
  const half = code >= 0xd800 && code <= 0xdbff && end > start ? end - 1 : Math.max(start, surrogateStart(text, end))
  if (half < end) edits.add('remove_cut', half, end - half, '')
  edits.add('complete_cut', end, 0, '"')
  return { end, isCut: true }
}

/** Whether a string that a straight quotation mark began ends with a typographic one that has no partner in it. */
export function isStrayClosing(text: string, start: number, end: number): boolean {
  if (end <= start || at(text, start - 1) !== char.doubleQuote) return false
  return at(text, end - 1) === 0x201d && !text.slice(Math.max(start, end - lookAhead), end).includes('\u201c')
}

/** Where the content of a string ends that reaches to the end of the text: before closers that fit what is open. */
function contentEnd(text: string, start: number, frames: readonly Frame[]): number {
  let end = trimSpace(text, start, text.length)
  if (text.startsWith('```', end - 3) && end - 3 >= start) {
    const fence = trimSpace(text, start, end - 3)
    // On the line of the string only where the text begins with one.
    if (hasLineEnd(text, fence, end - 3) || text.startsWith('```', skipSpace(text, 0))) end = fence
  }
  let first = end
  while (first > start && isCloserOrSpace(at(text, first - 1))) first--
  const open = unclosed(text, start, first)
  let content = first
  let depth = frames.length
  let isStructural = false
  for (let index = first; index < end; index++) {
    const code = at(text, index)
    if (!char.isCloser(code)) continue
    const left = isStructural ? 0 : (open.get(code) ?? 0)
    if (left > 0) {
      open.set(code, left - 1)
      content = index + 1
    } else if (frames[--depth]?.closer === code) isStructural = true
    else return text.length
  }
  if (isStructural) return trimSpace(text, start, content)
  // White space at the end belongs to the string, unless the line ends in it or a fence follows.
  return end < trimSpace(text, start, text.length) || hasLineEnd(text, end, text.length) ? end : text.length
}

/** How many brackets of each kind are open, by their closers. */
function unclosed(text: string, start: number, end: number): Map<number, number> {
  const open = new Map<number, number>()
  for (let index = start; index < end; index++) {
    const code = at(text, index)
    if (code === char.openBrace || code === char.openBracket) open.set(code + 2, (open.get(code + 2) ?? 0) + 1)
    else if (code === char.openParenthesis) open.set(code + 1, (open.get(code + 1) ?? 0) + 1)
    else if (char.isCloser(code)) open.set(code, Math.max(0, (open.get(code) ?? 0) - 1))
  }
  return open
}

function trimSpace(text: string, start: number, from: number): number {
  let end = from
  while (end > start && char.isJsonSpace(at(text, end - 1))) end--
  return end
}

function hasLineEnd(text: string, from: number, to: number): boolean {
  const line = text.indexOf('\n', from)
  return line >= 0 && line < to
}

function isCloserOrSpace(code: number): boolean {
  return char.isCloser(code) || char.isJsonSpace(code)
}
