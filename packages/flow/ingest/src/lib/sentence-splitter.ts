import { describeValue } from '@empire/errors'
import type { Range } from './chunker.ts'
import { isBlank } from './is-blank.ts'

/** Those of English, German, French, Spanish and Italian that often stand before a capital letter or a number. */
const usual =
  'mr mrs ms dr prof rev hon sr jr st mt gen col sgt capt lt cmdr gov sen rep pres supt vs etc e.g i.e eg ie cf al viz approx ' +
  'no nos vol ch sec fig figs eq pp p ed eds inc ltd co corp dept univ est jan feb mar apr jun jul aug sep sept oct nov dec ' +
  'bzw ca evtl ggf hr fr nr abs abb art bd geb inkl max min str tel usw vgl z.b u.a d.h o.ä s.o s.u u.s.w ' +
  'm mme mlle mm env av bd chap sra srta ud uds pág núm sig dott ing avv a.m p.m u.s u.k u.n d.c ph.d'
/** `J. Smith`, `A.B. Smith`. */
const initial = /^(?:\p{Lu}\.?)+$/u
const longestWord = 24
/** The mark of a list item is no sentence by itself. */
const itemNumber = /^\d{1,9}\.$/
/** The segmenter is given stretches of text, for what it holds grows with them. */
const stretch = 32 * 1024

/** The end of a line ends a sentence only before a list item: most text is wrapped. */
const wrap = /[\n\r\u0085\u2028\u2029](?![ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t])/g
/** What cannot have more than one sentence, as most cells and list items: it is not worth a segmenter. */
const single = /^[^.!?\n\r\u0080-\uffff]{0,200}.?$/s

/** Gives the sentences of a stretch of text, without blank space around them. */
export type SentenceSplitter = (text: string, start: number, end: number) => Generator<Range>

/** Makes a splitter for a language. Linear in the text. */
export function sentenceSplitter(locale: string, abbreviations: readonly string[] = []): SentenceSplitter {
  const segmenter = createSegmenter(locale)
  const known = new Set([...usual.split(' '), ...abbreviations.map((word) => word.slice(0, -1).toLowerCase())])

  /** Whether what ends at `end` ends with a dot that ends no sentence. */
  function isOpen(text: string, end: number): boolean {
    if (text[end - 1] !== '.') return false
    let start = end - 1
    while (
      start > 0 &&
      end - start <= longestWord &&
      !isBlank(text.charCodeAt(start - 1)) &&
      !'([{"“‘\'/-–—'.includes(text[start - 1]!)
    )
      start--
    const word = text.slice(start, end - 1)
    return known.has(word.toLowerCase()) || initial.test(word)
  }

  function* sentences(text: string, start: number, end: number): Generator<Range> {
    let from = start
    let segment = start
    let last = start
    for (const next of segmentEnds(text, start, end)) {
      const trimmed = trimEnd(text, segment, next)
      const blank = trimmed === segment
      segment = next
      if (blank) continue
      last = trimmed
      const first = trimStart(text, from, trimmed)
      if (isOpen(text, trimmed) || (trimmed - first < 12 && itemNumber.test(text.slice(first, trimmed)))) continue
      yield { start: first, end: trimmed }
      from = next
    }
    const first = trimStart(text, from, end)
    if (last > first) yield { start: first, end: last }
  }

  function* segmentEnds(text: string, start: number, end: number): Generator<number> {
    let from = start
    while (from < end) {
      const to = Math.min(end, from + stretch)
      const part = text.slice(from, to)
      if (single.test(part)) return yield to
      const found = segmenter.segment(part.replace(wrap, ' '))
      let next = from
      for (const { index, segment } of found) {
        // The last of a stretch may go on after it, unless it is the only one.
        if (from + index + segment.length === to && to < end && index > 0) break
        next = from + index + segment.length
        yield next
      }
      from = next
    }
  }

  return sentences
}

function createSegmenter(locale: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(locale, { granularity: 'sentence' })
  } catch (error) {
    throw new TypeError(`Expected "locale" to be a BCP 47 tag such as "en", got ${describeValue(locale)}.`, {
      cause: error,
    })
  }
}

function trimStart(text: string, start: number, end: number): number {
  let index = start
  while (index < end && isBlank(text.charCodeAt(index))) index++
  return index
}

function trimEnd(text: string, start: number, end: number): number {
  let index = end
  while (index > start && isBlank(text.charCodeAt(index - 1))) index--
  return index
}
