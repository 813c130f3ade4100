import type { Analyzer } from '@empire/analyzer'
import type { CheckedHighlight } from './checked-request.ts'
import { locateTokens } from './locate-tokens.ts'

interface Span {
  readonly start: number
  readonly end: number
  /** How many distinct terms are marked in it, for fragments. */
  readonly term: string
}

/** The best fragments of some texts with the words marked that have one of the terms; none if no word has. */
export function highlightTexts(
  texts: readonly string[],
  analyzer: Analyzer,
  terms: ReadonlySet<string>,
  options: CheckedHighlight,
): readonly string[] {
  const fragments = texts.flatMap((text, at) =>
    findFragments(text, matchSpans(text, analyzer, terms, options.size), options.size, at),
  )
  return fragments
    .toSorted((left, right) => right.worth - left.worth || left.text - right.text || left.start - right.start)
    .slice(0, options.fragments)
    .map((fragment) => render(texts[fragment.text] as string, fragment, options))
}

/** Where the words are, none longer than a fragment. */
function matchSpans(text: string, analyzer: Analyzer, terms: ReadonlySet<string>, size: number): Span[] {
  const known = new Map<string, string | undefined>()
  const spans: Span[] = []
  const bounds = locateTokens(analyzer, text)
  for (let at = 0; at < bounds.length; at += 2) {
    const start = bounds[at] as number
    const end = bounds[at + 1] as number
    const token = text.slice(start, end)
    let term = known.get(token)
    if (term === undefined && !known.has(token)) {
      term = analyzer.term(token)
      known.set(token, term)
    }
    if (term === undefined || !terms.has(term)) continue
    const last = spans.at(-1)
    // Pairs of characters and parts of words overlap: one mark for them.
    if (last === undefined || start >= last.end) spans.push({ start, end: shorten(text, start, end, size), term })
    else if (end - last.start <= size) spans[spans.length - 1] = { ...last, end: Math.max(last.end, end) }
    else if (end > last.end) spans.push({ start: last.end, end: shorten(text, last.end, end, size), term })
  }
  return spans
}

/** Where a word ends that may take so many units: no character is cut in two. */
function shorten(text: string, start: number, end: number, size: number): number {
  if (end - start <= size) return end
  const isCut = (text.charCodeAt(start + size) & 0xfc00) === 0xdc00
  return isCut ? start + size - 1 : start + size
}

interface Fragment {
  readonly text: number
  readonly start: number
  readonly end: number
  readonly spans: readonly Span[]
  readonly worth: number
}

/** Stretches of at most `size` characters around the matches, from left to right, that do not overlap. */
function findFragments(text: string, spans: readonly Span[], size: number, at: number): Fragment[] {
  const fragments: Fragment[] = []
  let next = 0
  let from = 0
  while (next < spans.length) {
    const first = spans[next] as Span
    let until = next + 1
    while (until < spans.length && (spans[until] as Span).end - first.start <= size) until += 1
    const inside = spans.slice(next, until)
    const { start, end } = widen(text, first.start, (inside.at(-1) as Span).end, size, from)
    const distinct = new Set(inside.map(({ term }) => term)).size
    fragments.push({ text: at, start, end, spans: inside, worth: distinct * 1000 + Math.min(inside.length, 999) })
    from = end
    next = until
    while (next < spans.length && (spans[next] as Span).start < end) next += 1
  }
  return fragments
}

/** Takes in text on both sides as far as the size allows, to where words begin and end. */
function widen(text: string, start: number, end: number, size: number, from: number): { start: number; end: number } {
  const room = Math.max(0, size - (end - start))
  let left = Math.max(from, start - Math.floor(room / 2))
  let right = Math.min(text.length, end + (room - (start - left)))
  left = Math.max(from, Math.min(left, right - size))
  if (left > from || (left > 0 && isInside(text, left))) {
    while (left < start && isInside(text, left)) left += 1
  }
  while (right > end && right < text.length && isInside(text, right)) right -= 1
  while (left < start && isSpace(text, left)) left += 1
  while (right > end && isSpace(text, right - 1)) right -= 1
  return { start: left, end: right }
}

/** Whether a cut here would part a word, or a character in two. */
function isInside(text: string, at: number): boolean {
  return at > 0 && at < text.length && !isSpace(text, at) && !isSpace(text, at - 1)
}

function isSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0 || unit === 0x3000
}

function render(text: string, { start, end, spans }: Fragment, { markers, escape }: CheckedHighlight): string {
  const write = escape === 'html' ? escapeHtml : (part: string) => part
  let out = ''
  let at = start
  for (const span of spans) {
    out += write(text.slice(at, span.start)) + markers[0] + write(text.slice(span.start, span.end)) + markers[1]
    at = span.end
  }
  return out + write(text.slice(at, Math.max(end, at)))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] as string)
}
