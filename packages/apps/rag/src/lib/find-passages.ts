import { originalLines } from '@empire/ingest'
import type { Passage } from './answer.ts'
import type { Library } from './read-documents.ts'

/**
 * How much of the information in the question a passage must hold. Below it share little but common words with the
 * question, whatever their score.
 */
const leastCoverage = 0.2

/** A passage, and where each line of its text stands in the file. */
export interface FoundPassage {
  readonly passage: Passage
  readonly lineNumbers: readonly number[]
}

/** The best chunks for a question, best first, numbered from 1; none when none is relevant. */
export function findPassages({ index, chunks }: Library, question: string, top: number): FoundPassage[] {
  const { hits } = index.search({ match: question, limit: top })
  const relevant = hits.filter(({ coverage }) => coverage >= leastCoverage)
  return relevant.flatMap(({ id, score }, position) => {
    const found = chunks.get(id)
    if (found === undefined) return []
    const { path, lines, headings, text } = found.chunk
    const passage = { number: position + 1, path, lines, headings, score, text }
    return [{ passage, lineNumbers: originalLines(found.document, found.chunk) }]
  })
}
