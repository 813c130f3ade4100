import { kindAt, kinds, knownKind, widthAt } from './character-kind.ts'

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
  const bounds = wordBounds(text)
  const words: string[] = []
  for (let at = 0; at < bounds.length; at += 2) words.push(text.slice(bounds[at], bounds[at + 1]))
  return words
}

/** Where the words that `splitWords` gives start and end: start, end, start, end and so on, in UTF-16 units. */
export function wordBounds(text: string): number[] {
  const bounds: number[] = []
  let at = 0
  while (at < text.length) {
    const kind = kindAt(text, at)
    if (kind === kinds.unspaced) at = takePairs(text, at, bounds)
    else if (kind === kinds.other || kind === kinds.mark) at += widthAt(text, at)
    else at = takeWord(text, at, bounds)
  }
  return bounds
}

/** Adds the word that starts here, and its parts; returns where it ends. */
function takeWord(text: string, start: number, bounds: number[]): number {
  const simple = simpleEnd(text, start)
  if (simple > 0) {
    bounds.push(start, simple)
    return simple
  }
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
  bounds.push(start, end)
  if (parts !== undefined) takeParts([start, ...parts, end], bounds)
  return end
}

/**
 * Where a word ends that is small letters only, but for the first, and has no joint or sign behind it; 0 for others. It finds what
 * `takeWord` would, which goes through most words of most texts more slowly.
 */
function simpleEnd(text: string, start: number): number {
  if (!isLetter(knownKind(text.charCodeAt(start)))) return 0
  let end = start + 1
  while (end < text.length && knownKind(text.charCodeAt(end)) === kinds.lower) end += 1
  if (end === text.length) return end
  const unit = text.charCodeAt(end)
  const isJointOrSign = unit === 0x27 || unit === 0x2019 || end - start === 1
  return knownKind(unit) === kinds.other && !isJointOrSign ? end : 0
}

function isLetter(kind: number): boolean {
  return kind === kinds.lower || kind === kinds.upper
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
function takeParts(edges: readonly number[], bounds: number[]): void {
  for (let at = 1; at < edges.length; at += 1) {
    const from = edges[at - 1] as number
    const to = edges[at] as number
    if (to - from > 1) bounds.push(from, to)
  }
}

/** Adds the pairs of the run of unspaced characters that starts here, a lone one by itself; returns where it ends. */
function takePairs(text: string, start: number, bounds: number[]): number {
  let previous = start
  let at = characterEnd(text, start)
  if (kindAfter(text, at) !== kinds.unspaced) bounds.push(start, at)
  while (kindAfter(text, at) === kinds.unspaced) {
    const end = characterEnd(text, at)
    bounds.push(previous, end)
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
