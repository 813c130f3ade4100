import { type CheckedTextField, type CheckedTextQuery, fuzzyDistance } from '@empire/search/backend'
import { fieldPaths } from './field-path.ts'
import { readQueryWords, type WordForm } from './query-words.ts'
import type { SearchHit } from './search-answer.ts'
import { readSource } from './read-source.ts'
import { slipCount } from './slip-count.ts'
import { foldToken } from './term-lines.ts'

/** Tells which terms made a hit match. */
export interface MatchedTerms {
  /** The paths of the texts that it has to look at. */
  readonly sources: readonly string[]
  of(hit: SearchHit): string[]
}

/**
 * The engine says which exact terms a hit has, by the names of their clauses. Beginnings and near spellings are looked for in the
 * stored texts of the hits of the page.
 */
export function matchedTerms(query: CheckedTextQuery): MatchedTerms {
  const words = readQueryWords(query)
  const exact = [...new Set(words.flatMap(({ forms }) => forms.flatMap(({ term }) => term ?? [])))]
  const wide = words.filter(({ isLast }) => isLast || query.mode === 'fuzzy').flatMap(({ forms }) => forms)
  const fields = wide.length === 0 ? [] : query.fields.map(({ field }) => field).filter(({ stored }) => stored)
  return {
    sources: fields.map((field) => fieldPaths(field).text),
    of(hit) {
      const named = new Set(hit.matched_queries)
      const found = new Set(exact.filter((term) => named.has(term)))
      for (const field of fields) {
        const own = wide.filter((form) => form.fields.some((weighted) => weighted.field === field))
        for (const text of readSource(hit, field) as readonly string[]) addTerms(found, query, own, field, text)
      }
      return [...found]
    },
  }
}

function addTerms(
  found: Set<string>,
  query: CheckedTextQuery,
  forms: readonly WordForm[],
  { analyzer }: CheckedTextField,
  text: string,
): void {
  for (const token of new Set(analyzer.tokens(text))) {
    const term = analyzer.term(token)
    if (term === undefined || found.has(term)) continue
    const folded = foldToken(analyzer, token)
    if (forms.some((form) => isWithin(query, form, folded))) found.add(term)
  }
}

function isWithin({ mode, distance, prefixLength }: CheckedTextQuery, { folded }: WordForm, word: string): boolean {
  if (mode === 'prefix') return word.startsWith(folded)
  const most = distance ?? fuzzyDistance(folded)
  return word.startsWith(folded.slice(0, prefixLength)) && slipCount(folded, word, most) <= most
}
