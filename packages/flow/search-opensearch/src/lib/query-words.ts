import type { Analyzer } from '@empire/analyzer'
import type { CheckedTextQuery } from '@empire/search/backend'
import { foldToken } from './term-lines.ts'

/** Fields of one analyzer, and their weights. */
export type WeightedFields = CheckedTextQuery['fields']

/** What a word of a query is to the fields of one analyzer. */
export interface WordForm {
  readonly fields: WeightedFields
  /** `undefined` for a word that is not indexed. */
  readonly term: string | undefined
  readonly folded: string
}

/** A distinct word of a query. */
export interface QueryWord {
  /** How often the query has it. */
  count: number
  readonly forms: WordForm[]
  readonly isLast: boolean
}

/** The name of the clause that finds near spellings of a word. Analyzers give no term that ends so. */
export function nearName(folded: string): string {
  return `${folded}~`
}

/** The fields of a query by their analyzers. */
export function fieldsByAnalyzer({ fields }: CheckedTextQuery): ReadonlyMap<Analyzer, WeightedFields> {
  const groups = new Map<Analyzer, WeightedFields[number][]>()
  for (const field of fields) {
    const { analyzer } = field.field
    const group = groups.get(analyzer)
    if (group === undefined) groups.set(analyzer, [field])
    else group.push(field)
  }
  return groups
}

/** The distinct words of a query in its order, each with its forms by analyzer, without those that no analyzer indexes. */
export function readQueryWords(query: CheckedTextQuery): QueryWord[] {
  const groups = [...fieldsByAnalyzer(query)].map(([analyzer, fields]) => ({
    analyzer,
    fields,
    tokens: analyzer.tokens(query.match),
  }))
  const words = new Map<string, QueryWord>()
  // Analyzers that part a text alike mean the same word by the same token.
  const isShared = groups.every(({ tokens }) => tokens.join('\n') === groups[0]?.tokens.join('\n'))
  for (const [at, { analyzer, fields, tokens }] of groups.entries()) {
    const own = new Map<string, QueryWord>()
    for (const [place, token] of tokens.entries()) {
      const isLast = query.mode === 'prefix' && place === tokens.length - 1
      const term = analyzer.term(token)
      if (term === undefined && !isLast) continue
      const key = isLast ? ' last' : groups.length === 1 ? `${term}` : isShared ? token : `${at} ${token}`
      const known = own.get(key)
      if (known !== undefined) {
        known.count += 1
        continue
      }
      const form: WordForm = { fields, term, folded: foldToken(analyzer, token) }
      const word = words.get(key)
      if (word === undefined) words.set(key, { count: 1, forms: [form], isLast })
      else word.forms.push(form)
      own.set(key, words.get(key) as QueryWord)
    }
  }
  return [...words.values()]
}
