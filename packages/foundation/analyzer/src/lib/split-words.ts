import type { LocatedToken } from './analyzer.ts'
import { kindAt, kinds, widthAt } from './character-kind.ts'

/**
 * The words of a text, as written and in order.
 *
 * - A word is a run of letters, marks and numbers. Apostrophes between letters (`don't`) and dots between digits
 *   (`1.2.3`) belong to it; `_`, `-`, `.`, `/` and `@` part words, so `max_tokens` is two.
 * - A word in camel case is followed by its parts: `maxTokens` gives `maxTokens`, `max`, `Tokens`.
 * - `C++` and `C#` keep their signs.
 * - Scripts written without spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) give every pair of
 *   neighbouring characters.
 *
 * Time and memory grow linearly with the text, whatever it holds.
 */
export function splitWords(text: string): string[] {
  const words: string[] = []
  scan(text, words, undefined)
  return words
}

/** The words that `splitWords` gives, with where each starts. */
export function locateWords(text: string): LocatedToken[] {
  const words: string[] = []
  const starts: number[] = []
  scan(text, words, starts)
  return words.map((token, at) => ({ token, start: starts[at] as number }))
}

/** Adds the words of a text and, where `starts` is given, where they start. */
function scan(text: string, words: string[], starts: number[] | undefined): void {
  let at = 0
  while (at < text.length) {
    const kind = kindAt(text, at)
    if (kind === kinds.unspaced) at = takePairs(text, at, words, starts)
    else if (kind === kinds.other || kind === kinds.mark) at += widthAt(text, at)
    else at = takeWord(text, at, words, starts)
  }
}

/** Adds the word that starts here, and its parts; returns where it ends. */
function takeWord(text: string, start: number, words: string[], starts: number[] | undefined): number {
  let before: number = kinds.other
  let kind: number = kindAt(text, start)
  let parts: number[] | undefined
  let at = start
  while (true) {
    const next = at + widthAt(text, at)
    const after = next < text.length ? kindAt(text, next) : kinds.other
    if (kind === kinds.upper && at > start && startsPart(text, before, next, after)) (parts ??= []).push(at)
    if (kind !== kinds.mark) before = kind
    if (isInWord(after)) {
      at = next
      kind = after
    } else if (isJoint(text, next, before)) {
      at = next + 1
      kind = kindAt(text, at)
      before = kinds.other
    } else {
      at = next
      break
    }
  }
  const end = at - start === 1 ? at + signLength(text, at) : at
  words.push(text.slice(start, end))
  starts?.push(start)
  if (parts !== undefined) takeParts(text, [start, ...parts, end], words, starts)
  return end
}

function isInWord(kind: number): boolean {
  return kind >= kinds.lower && kind <= kinds.mark
}

/** Whether an upper case letter starts a part: `max|Tokens`, `HTTP|Server`, but not the plural `URLs`. */
function startsPart(text: string, before: number, next: number, after: number): boolean {
  if (before === kinds.lower) return true
  if (after !== kinds.lower) return false
  const plural = text.charCodeAt(next) === 0x73 && (next + 1 >= text.length || !isInWord(kindAt(text, next + 1)))
  return !plural
}

/** An apostrophe between letters or a dot between digits. */
function isJoint(text: string, index: number, before: number): boolean {
  if (index + 1 >= text.length) return false
  const unit = text.charCodeAt(index)
  if (unit === 0x2e) return before === kinds.number && kindAt(text, index + 1) === kinds.number
  if (unit !== 0x27 && unit !== 0x2019) return false
  const after = kindAt(text, index + 1)
  return before !== kinds.number && (after === kinds.lower || after === kinds.upper)
}

/** The length of what makes `C` into `C#` or `C++`. */
function signLength(text: string, index: number): number {
  const length = text.charCodeAt(index) === 0x23 ? 1 : text.startsWith('++', index) ? 2 : 0
  return length > 0 && (index + length >= text.length || !isInWord(kindAt(text, index + length))) ? length : 0
}

/** A part of one letter says nothing: the `O` of `OAuth`. */
function takeParts(text: string, bounds: readonly number[], words: string[], starts: number[] | undefined): void {
  for (let at = 1; at < bounds.length; at += 1) {
    const from = bounds[at - 1] as number
    const to = bounds[at] as number
    if (to - from <= 1) continue
    words.push(text.slice(from, to))
    starts?.push(from)
  }
}

/** Adds the pairs of the run of unspaced characters that starts here, a lone one by itself; returns where it ends. */
function takePairs(text: string, start: number, words: string[], starts: number[] | undefined): number {
  let previous = start
  let at = characterEnd(text, start)
  if (kindAfter(text, at) !== kinds.unspaced) {
    words.push(text.slice(start, at))
    starts?.push(start)
  }
  while (kindAfter(text, at) === kinds.unspaced) {
    const end = characterEnd(text, at)
    words.push(text.slice(previous, end))
    starts?.push(previous)
    previous = at
    at = end
  }
  return at
}

function kindAfter(text: string, index: number): number {
  return index < text.length ? kindAt(text, index) : kinds.other
}

/** Where a character with its marks ends. */
function characterEnd(text: string, start: number): number {
  let at = start + widthAt(text, start)
  while (at < text.length && kindAt(text, at) === kinds.mark) at += widthAt(text, at)
  return at
}
