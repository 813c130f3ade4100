import type { Anchor } from '@empire/ingest'
import type { Passage } from './answer.ts'
import type { FoundChunk, Library } from './library.ts'

/**
 * How much of the information in the question a passage must hold. Below it share little but common words with the
 * question, whatever their score.
 */
const leastCoverage = 0.2

/** How many chunks an index gives at once at most. */
const mostAsked = 10_000

/** How many chunks are looked through at most for others than those that are the same again and again. */
const mostFound = 1000

/** A passage that can be traced back to its file; plain data. */
export interface FoundPassage {
  readonly passage: Passage
  /** Where its characters stand in the file. */
  readonly anchors: readonly Anchor[]
}

/** The best chunks for a question, best first, numbered from 1; none when none is relevant. */
export async function findPassages(
  library: Library,
  question: string,
  top: number,
  signal: AbortSignal | undefined,
): Promise<FoundPassage[]> {
  const found = await findDistinct(library, question, top, signal)
  const relevant = found.filter(({ coverage }) => coverage >= leastCoverage)
  return relevant.map(({ chunk, score }, position) => {
    const { path, lines, pages, headings, text, anchors } = chunk
    const place = pages === undefined ? { path, lines } : { path, lines, pages }
    return { passage: { number: position + 1, ...place, headings, score, text }, anchors }
  })
}

/** The same text in many files says nothing more, and would leave no room for others. */
async function findDistinct(
  library: Library,
  question: string,
  top: number,
  signal: AbortSignal | undefined,
): Promise<FoundChunk[]> {
  for (let limit = Math.min(top, mostAsked); ; limit = Math.min(4 * limit, mostFound)) {
    const found = await library.find(question, limit, signal)
    const texts = new Set<string>()
    const distinct = found.filter(({ chunk: { text } }) => !texts.has(text) && texts.add(text))
    if (distinct.length >= top || found.length < limit || limit >= mostFound) return distinct.slice(0, top)
  }
}
