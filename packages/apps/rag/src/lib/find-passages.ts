import { originalLines } from '@empire/ingest'
import type { Passage } from './answer.ts'
import type { Library } from './read-documents.ts'

/**
 * How much of the information in the question a passage must hold. Below it share little but common words with the
 * question, whatever their score.
 */
const leastCoverage = 0.35

/** A passage that knows where each line of its text stands in the file. */
export interface FoundPassage extends Passage {
  readonly lineNumbers: readonly number[]
}

/** The best chunks for a question, best first, numbered from 1; none when none is relevant. */
export function findPassages({ index, chunks }: Library, question: string, top: number): FoundPassage[] {
  const { hits } = index.search({ match: question, limit: top })
  return hits
    .filter(({ coverage }) => coverage >= leastCoverage)
    .flatMap(({ id, score }) => {
      const found = chunks.get(id)
      return found ? [{ ...found, score }] : []
    })
    .map(({ chunk, document, score }, position) => ({
      number: position + 1,
      path: chunk.path,
      lines: chunk.lines,
      headings: chunk.headings,
      score,
      text: chunk.text,
      lineNumbers: originalLines(document, chunk),
    }))
}
