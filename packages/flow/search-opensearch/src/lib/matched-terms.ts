import {
  type CheckedTextField,
  type CheckedTextQuery,
  fuzzyDistance,
  type QueryWordForm,
  readQueryWords,
} from '@empire/search/backend'
import { fieldPaths } from './field-path.ts'
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
  const isWide = query.mode === 'fuzzy' || words.some(({ isBeginning }) => isBeginning)
  const fields = isWide ? query.fields.map(({ field }) => field).filter(({ stored }) => stored) : []
  return {
    sources: fields.map((field) => fieldPaths(field).text),
    of(hit) {
      const named = new Set(hit.matched_queries)
      const texts = fields.map((field) => foldedTerms(field, readSource(hit, field) as readonly string[]))
      const found = words.flatMap(({ forms, isBeginning }) => [
        ...forms.flatMap(({ term }) => (term !== undefined && named.has(term) ? [term] : [])),
        ...(isBeginning || query.mode === 'fuzzy'
          ? fields.flatMap((field, at) => nearTerms(query, forms, field, texts[at] as FoldedTerms))
          : []),
      ])
      return [...new Set(found)]
    },
  }
}

/** The distinct words of some texts, folded, with their terms. */
type FoldedTerms = readonly (readonly [folded: string, term: string])[]

function foldedTerms({ analyzer }: CheckedTextField, texts: readonly string[]): FoldedTerms {
  const tokens = new Set(texts.flatMap((text) => analyzer.tokens(text)))
  return [...tokens].flatMap((token) => {
    const term = analyzer.term(token)
    return term === undefined ? [] : [[foldToken(analyzer, token), term] as const]
  })
}

function nearTerms(
  query: CheckedTextQuery,
  forms: readonly QueryWordForm[],
  field: CheckedTextField,
  texts: FoldedTerms,
): string[] {
  const folded = forms.flatMap(({ analyzer, token }) =>
    analyzer === field.analyzer ? [foldToken(analyzer, token)] : [],
  )
  return texts.flatMap(([word, term]) => (folded.some((own) => isWithin(query, own, word)) ? [term] : []))
}

function isWithin({ mode, distance, prefixLength }: CheckedTextQuery, folded: string, word: string): boolean {
  if (mode === 'prefix') return word.startsWith(folded)
  const most = distance ?? fuzzyDistance(folded)
  return word.startsWith(folded.slice(0, prefixLength)) && slipCount(folded, word, most) <= most
}
