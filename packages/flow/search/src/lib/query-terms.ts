import { inverseDocumentFrequency } from './bm25.ts'
import type { InvertedIndex } from './inverted-index.ts'

/** A distinct term of a query. */
export interface QueryTerm {
  readonly term: string
  /** Its number in the index; `undefined` for a term that no document has. */
  readonly number: number | undefined
  /** How much it tells. */
  readonly information: number
  /** How often it is in the query. */
  readonly count: number
}

/** The distinct terms of a query in its order, with what the index knows of them. */
export function readQueryTerms(index: InvertedIndex, terms: readonly string[]): QueryTerm[] {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return Array.from(counts, ([term, count]) => {
    const number = index.vocabulary.numberOf(term)
    const documents = number === undefined ? 0 : index.documentCount(number)
    return {
      term,
      number: documents === 0 ? undefined : number,
      information: inverseDocumentFrequency(documents, index.documents.size),
      count,
    }
  })
}
