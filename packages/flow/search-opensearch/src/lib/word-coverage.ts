import type { CheckedTextQuery } from '@empire/search/backend'
import type { EngineCalls } from './engine-calls.ts'
import { fieldKey, fieldPaths } from './field-path.ts'
import { nearName, type QueryWord, readQueryWords } from './query-words.ts'
import type { SearchHit } from './search-answer.ts'
import { escapeTerm } from './term-lines.ts'
import type { TermVectors } from './term-vectors.ts'

/** The share of a query's information that a hit holds. */
export type Coverage = (hit: SearchHit) => number

/**
 * Weighs the words of a query by how few documents have them, as ranking does, and tells how much of it a hit holds. The engine looks
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
  const lines = new Map<string, string[]>()
  for (const { fields, term } of words.flatMap(({ forms }) => forms)) {
    if (term === undefined) continue
    for (const { field } of fields) lines.set(field.name, [...(lines.get(field.name) ?? []), escapeTerm(term)])
  }
  const texts = Array.from(lines, ([name, terms]) => [fieldKey(name), terms.join('\n')] as const)
  return {
    doc: { terms: Object.fromEntries(texts) },
    fields: texts.map(([key]) => `terms.${key}`),
    term_statistics: true,
    field_statistics: true,
    positions: false,
    offsets: false,
    payloads: false,
  }
}

/** The inverse document frequency of BM25, by the field where the word is most frequent. */
function information({ forms }: QueryWord, { term_vectors: vectors = {} }: TermVectors): number {
  let documents = 0
  let most = 0
  for (const { fields, term = '' } of forms) {
    for (const { field } of fields) {
      const { field_statistics: statistics, terms = {} } = vectors[fieldPaths(field).terms] ?? {}
      const line = escapeTerm(term)
      documents = Math.max(documents, statistics?.doc_count ?? 0)
      most = Math.max(most, Object.hasOwn(terms, line) ? (terms[line]?.doc_freq ?? 0) : 0)
    }
  }
  return Math.log(1 + (Math.max(documents, most) - most + 0.5) / (most + 0.5))
}

function isHeld({ forms }: QueryWord, named: ReadonlySet<string>): boolean {
  return forms.some(({ term, folded }) => (term !== undefined && named.has(term)) || named.has(nearName(folded)))
}
