import { lineAt } from '@empire/ingest'
import type { Citation } from './answer.ts'
import type { FoundPassage } from './find-passages.ts'
import { type Squeezed, squeeze } from './squeeze.ts'

/** `[1]`, or `[1, 2]`; but not the `[1]` of code: `argv[1]`, `rows()[1]`. */
const marker = /(?<![\p{L}\p{N}_$)])\[(\d{1,6}(?:, ?\d{1,6}){0,20})\]/gu

/** How much in front of a marker tells whether a passage has the marker itself. */
const context = 60

interface Source extends FoundPassage {
  readonly squeezed: Squeezed
}

/** What an answer refers to. */
export interface ReadCitations {
  readonly citations: readonly Citation[]
  /** The numbers that name no passage, each once. */
  readonly unknown: readonly number[]
}

/**
 * The passages that an answer cites by `[number]`, each once, in the order of the answer.
 *
 * The line is that of the quote in front of the marker where the passage holds it word for word, else the first of the
 * passage. A marker that is part of what was quoted cites nothing.
 */
export function readCitations(answer: string, passages: readonly FoundPassage[]): ReadCitations {
  const sources = passages.map((found): Source => ({ ...found, squeezed: squeeze(found.passage.text) }))
  const byNumber = new Map(sources.map((source) => [source.passage.number, source]))
  const citations = new Map<number, Citation>()
  const unknown = new Set<number>()
  let end = 0
  let markersEnd = 0
  for (const match of answer.matchAll(marker)) {
    const after = match.index + match[0].length
    // Markers may follow each other, but `[1]` behind any other bracket is code: `grid[0][1]`.
    if (answer.charAt(match.index - 1) === ']' && match.index !== markersEnd) continue
    const words = answer.slice(Math.max(end, match.index - context), after)
    if (!closesFirstLine(answer, match.index, after) && isQuoted(words, sources)) continue
    const numbers = (match[1] ?? '').split(',').map(Number)
    // A list without any passage is data, such as `[80, 443]`.
    if (numbers.length > 1 && !numbers.some((number) => byNumber.has(number))) continue
    for (const number of numbers) {
      const source = byNumber.get(number)
      if (source === undefined) unknown.add(number)
      else if (!citations.has(number)) {
        citations.set(number, {
          number,
          path: source.passage.path,
          ...findPlace(source, answer.slice(end, match.index)),
        })
      }
    }
    markersEnd = after
    if (!answer.startsWith('[', after)) end = after
  }
  return { citations: [...citations.values()], unknown: [...unknown] }
}

/** What is quoted comes first in a paragraph, then its marker; lines below may be quoted, too. */
function closesFirstLine(answer: string, index: number, after: number): boolean {
  const start = answer.lastIndexOf('\n\n', index) + 1
  const end = answer.indexOf('\n', start + 1)
  const rest = answer.slice(after, end === -1 ? undefined : end)
  return (end === -1 || index < end) && rest.search(marker) === -1
}

/** Footnotes and transcripts have markers, too. */
function isQuoted(words: string, sources: readonly Source[]): boolean {
  const { text } = squeeze(words.slice(words.lastIndexOf('\n\n') + 1))
  return text.indexOf('[') > 0 && sources.some(({ squeezed }) => squeezed.text.includes(text))
}

/** A quote stands in a paragraph of its own, or behind other words of one. */
function findPlace({ passage, squeezed, anchors }: Source, words: string): Pick<Citation, 'line' | 'page'> {
  const quote = words.slice(words.lastIndexOf('\n\n') + 1).replace(/^\s*…|…\s*$/g, '')
  const { text } = squeeze(quote)
  const at = text === '' ? -1 : squeezed.text.indexOf(text)
  const offset = at === -1 ? undefined : squeezed.offsets[at]
  if (offset === undefined) return { line: passage.lines.start, ...onPage(passage.pages?.start) }
  const page = anchors.findLast((anchor) => anchor.offset <= offset)?.page
  return { line: lineAt({ text: passage.text, anchors }, offset), ...onPage(page) }
}

function onPage(page: number | undefined): Pick<Citation, 'page'> {
  return page === undefined ? {} : { page }
}
