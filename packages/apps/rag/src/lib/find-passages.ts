import type { Anchor } from '@empire/ingest'
import type { Passage } from './answer.ts'
import type { Library } from './library.ts'

/**
 * How much of the information in the question a passage must hold. Below it share little but common words with the
 * question, whatever their score.
 */
const leastCoverage = 0.2

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
  const found = await library.find(question, top, signal)
  const relevant = found.filter(({ coverage }) => coverage >= leastCoverage)
  return relevant.map(({ chunk, score }, position) => {
    const { path, lines, headings, text, anchors } = chunk
    const passage = { number: position + 1, path, lines, headings, score, text }
    return { passage, anchors }
  })
}
