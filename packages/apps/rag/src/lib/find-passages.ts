import type { Passage } from './answer.ts'
import type { Library } from './read-documents.ts'

/**
 * How much of the information in the question a passage must hold. Below it share little but common words with the
 * question, whatever their score.
 */
const leastCoverage = 0.35

/** The best chunks for a question, best first, numbered from 1; none when none is relevant. */
export function findPassages({ index, chunks }: Library, question: string, top: number): Passage[] {
  const { hits } = index.search({ match: question, limit: top })
  return hits
    .filter(({ coverage }) => coverage >= leastCoverage)
    .flatMap(({ id, score }) => {
      const chunk = chunks.get(id)
      return chunk ? [{ chunk, score }] : []
    })
    .map(({ chunk: { path, lines, headings, verbatim, text }, score }, position) => ({
      number: position + 1,
      path,
      lines,
      headings,
      score,
      verbatim,
      text,
    }))
}
