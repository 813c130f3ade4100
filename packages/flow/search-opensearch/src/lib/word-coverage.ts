import { type CheckedTextQuery, inverseDocumentFrequency, type QueryWord, readQueryWords } from '@empire/search/backend'
import { nearName } from './compile-text.ts'
import type { EngineCalls } from './engine-calls.ts'
import type { SearchHit } from './search-answer.ts'
import { escapeTerm, foldToken } from './term-lines.ts'
import type { TermVectors } from './term-vectors.ts'

/** The share of a query's information that a hit holds. */
export type Coverage = (hit: SearchHit) => number

/**
 * Weighs the words of a query by how few documents have them in whichever field, and tells how much of it a hit holds. The engine looks
 * the frequencies up in its dictionary, as those of a document that is made of the query; of several shards it asks one.
 */
export async function wordCoverage(query: CheckedTextQuery, calls: EngineCalls): Promise<Coverage> {
  // In the other modes every hit holds every word.
  if (query.mode !== 'any' && query.mode !== 'fuzzy') return () => 1
  const words = readQueryWords(query)
  if (words.length === 0) return () => 1
  const vectors = await calls.termVectors(vectorBody(words))
  const weights = words.map((word) => information(word, vectors))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return ({ matched_queries: names = [] }) => {
    const named = new Set(names)
    const held = words.map((word, at) => (isHeld(word, named) ? (weights[at] as number) : 0))
    return held.reduce((sum, weight) => sum + weight, 0) / all
  }
}

function vectorBody(words: readonly QueryWord[]): object {
  const terms = words.flatMap(({ forms }) => forms.flatMap(({ term }) => (term === undefined ? [] : escapeTerm(term))))
  return {
    doc: { every: terms.join('\n') },
    fields: ['every'],
    term_statistics: true,
    field_statistics: true,
    positions: false,
    offsets: false,
    payloads: false,
  }
}

/** The inverse document frequency of BM25, by the term of the word that is most frequent. */
function information({ forms }: QueryWord, { term_vectors: vectors }: TermVectors): number {
  const { field_statistics: statistics, terms = {} } = vectors?.every ?? {}
  const frequencies = forms.map(({ term = '' }) => {
    const line = escapeTerm(term)
    return Object.hasOwn(terms, line) ? (terms[line]?.doc_freq ?? 0) : 0
  })
  const most = Math.max(...frequencies)
  return inverseDocumentFrequency(most, statistics?.doc_count ?? 0)
}

function isHeld({ forms }: QueryWord, named: ReadonlySet<string>): boolean {
  return forms.some(
    ({ analyzer, token, term }) =>
      (term !== undefined && named.has(term)) || named.has(nearName(foldToken(analyzer, token))),
  )
}
