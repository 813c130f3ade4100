import { SearchError } from '@empire/search'
import {
  type CheckedTextQuery,
  fuzzyDistance,
  type QueryWord,
  type QueryWordForm,
  readQueryWords,
} from '@empire/search/backend'
import { fieldPaths } from './field-path.ts'
import { compilePhrase } from './compile-phrase.ts'
import type { QueryClause } from './query-clause.ts'
import { escapeTerm, foldToken } from './term-lines.ts'

/** The engine refuses more than 1,024 clauses in one query, and makes one of each word in each field and of each near spelling. */
const mostClauses = 900

/** How many near spellings of a word count in a field, the nearest ones, as long as all of them have room. */
const mostSpellings = 50

/** The most bytes of a word whose near spellings are looked for: the engine fails on more than about 220. */
const longestWord = 200

/** What of a word in further fields counts besides the field where it counts most. */
const tieBreaker = 0.3

/** The name of the clause that finds near spellings of a word. Analyzers give no term that ends so. */
export function nearName(folded: string): string {
  return `${folded}~`
}

/** The words of a query as a clause that scores. The clause of an exact term is named after it. */
export function compileText(query: CheckedTextQuery): QueryClause {
  const words = readQueryWords(query)
  if (words.length === 0) return { match_none: {} }
  const leaves = words.flatMap(({ forms }) => forms).reduce((sum, { fields }) => sum + fields.length, 0)
  const most = query.mode === 'fuzzy' ? mostClauses / 2 : mostClauses
  if (leaves > most) {
    throw new SearchError(
      'invalid_query',
      `On OpenSearch, a text query must have at most ${most} distinct words, counted once per field, got ${leaves}.`,
      { details: { path: 'query.match' } },
    )
  }
  const spellings = Math.max(1, Math.min(mostSpellings, Math.floor((mostClauses - leaves) / leaves)))
  const clauses = words.map((word) => compileWord(query, word, spellings))
  const [only] = clauses
  switch (query.mode) {
    case 'any':
    case 'fuzzy':
      return clauses.length === 1 ? (only as QueryClause) : { bool: { should: clauses, minimum_should_match: 1 } }
    case 'phrase':
      return { bool: { must: clauses, filter: [compilePhrase(query)] } }
    default:
      return clauses.length === 1 ? (only as QueryClause) : { bool: { must: clauses } }
  }
}

function compileWord(query: CheckedTextQuery, word: QueryWord, spellings: number): QueryClause {
  const boost = word.count > 1 ? { boost: word.count } : {}
  const clauses = [
    ...Array.from(fieldsByTerm(word), ([term, fields]) => exactClause(fields, term)),
    ...word.forms.flatMap((form) => (word.isBeginning ? prefixClauses(form) : [])),
    ...word.forms.flatMap((form) => (query.mode === 'fuzzy' ? fuzzyClauses(query, form, spellings) : [])),
  ]
  const [only] = clauses
  if (clauses.length > 1) return { dis_max: { queries: clauses, ...boost } }
  if (word.count === 1) return only as QueryClause
  return { bool: { must: clauses, ...boost } }
}

/** A term that several analyzers give is one: in the fields of all of them. */
function fieldsByTerm({ forms }: QueryWord): ReadonlyMap<string, CheckedTextQuery['fields']> {
  const terms = new Map<string, CheckedTextQuery['fields']>()
  for (const { term, fields } of forms) {
    if (term !== undefined) terms.set(term, [...(terms.get(term) ?? []), ...fields])
  }
  return terms
}

/** One term, as if its fields were one: with the frequency of where it is most frequent, so that no field wins by being short of it. */
function exactClause(fields: CheckedTextQuery['fields'], term: string): QueryClause {
  return {
    multi_match: {
      query: escapeTerm(term),
      type: 'cross_fields',
      fields: fields.map(({ field, weight }) => `${fieldPaths(field).terms}${weight === 1 ? '' : `^${weight}`}`),
      tie_breaker: tieBreaker,
      _name: term,
    },
  }
}

function prefixClauses({ analyzer, fields, token }: QueryWordForm): QueryClause[] {
  const folded = foldToken(analyzer, token)
  return fields.map(({ field, weight }) => ({
    prefix: { [fieldPaths(field).words]: { value: folded, boost: weight } },
  }))
}

function fuzzyClauses(
  { distance, prefixLength }: CheckedTextQuery,
  { analyzer, fields, token }: QueryWordForm,
  spellings: number,
): QueryClause[] {
  const folded = foldToken(analyzer, token)
  const fuzziness = distance ?? fuzzyDistance(folded)
  if (fuzziness === 0) return []
  const bytes = Buffer.byteLength(folded)
  if (bytes > longestWord) {
    throw new SearchError(
      'invalid_query',
      `On OpenSearch, a word of a fuzzy query must have at most ${longestWord} bytes of UTF-8, got ${bytes}.`,
      { details: { path: 'query.match' } },
    )
  }
  return fields.map(({ field, weight }) => ({
    fuzzy: {
      [fieldPaths(field).words]: {
        value: folded,
        fuzziness,
        prefix_length: prefixLength,
        max_expansions: spellings,
        transpositions: true,
        rewrite: `top_terms_blended_freqs_${spellings}`,
        // A near spelling is worth less than the word itself.
        boost: weight / 2,
        _name: nearName(folded),
      },
    },
  }))
}
