import type { Analyzer } from '@empire/analyzer'
import type { CheckedTextQuery } from './checked-request.ts'

/** What a word of a query is to the fields of one analyzer. */
export interface QueryWordForm {
  readonly analyzer: Analyzer
  /** The query's fields that have this analyzer, at least one. */
  readonly fields: CheckedTextQuery['fields']
  /** The word as the analyzer parts it from the query. */
  readonly token: string
  /** `undefined` for a word that is not indexed, which only a beginning may be. */
  readonly term: string | undefined
}

/** A distinct word of a query. */
export interface QueryWord {
  /** How often the query has it. */
  readonly count: number
  /** At least one, of distinct analyzers. A document has the word if it has one of them. */
  readonly forms: readonly QueryWordForm[]
  /** Whether it is the last one of a `prefix` query: any word that begins so is meant. */
  readonly isBeginning: boolean
}

/**
 * The distinct words of a query in its order, without those that are not indexed. Words with the same terms are one.
 *
 * Analyzers that part the query alike mean the same word by the same place; if they do not, the words of each are words of their own.
 */
export function readQueryWords({ match, mode, fields }: CheckedTextQuery): QueryWord[] {
  const groups = groupByAnalyzer(fields).map((group) => ({ ...group, tokens: group.analyzer.tokens(match) }))
  const [first] = groups
  const areAlike = groups.every(({ tokens }) => hasSameItems(tokens, first?.tokens))
  return (areAlike ? [groups] : groups.map((group) => [group])).flatMap((together) => readWords(together, mode))
}

type TokenGroup = FieldGroup & { readonly tokens: readonly string[] }

/** The words of analyzers that part the query alike. */
function readWords(groups: readonly TokenGroup[], mode: CheckedTextQuery['mode']): QueryWord[] {
  const words = new Map<string | undefined, QueryWord & { count: number }>()
  const tokens = groups[0]?.tokens ?? []
  for (const [at, token] of tokens.entries()) {
    const isBeginning = mode === 'prefix' && at === tokens.length - 1
    const forms = groups.flatMap((group) => readForm(group, token, isBeginning))
    if (forms.length === 0) continue
    // No term is the same as a beginning.
    const key = isBeginning ? undefined : keyOf(groups, forms)
    const known = words.get(key)
    if (known === undefined) words.set(key, { count: 1, forms, isBeginning })
    else known.count += 1
  }
  return [...words.values()]
}

/** The same for words of the same terms. */
function keyOf(groups: readonly TokenGroup[], forms: readonly QueryWordForm[]): string {
  if (groups.length === 1) return `${forms[0]?.term}`
  return JSON.stringify(forms.map(({ analyzer, term }) => [analyzer.name, term]))
}

type FieldGroup = Pick<QueryWordForm, 'analyzer' | 'fields'>

function groupByAnalyzer(fields: CheckedTextQuery['fields']): FieldGroup[] {
  const groups = new Map<Analyzer, CheckedTextQuery['fields'][number][]>()
  for (const field of fields) {
    const { analyzer } = field.field
    const group = groups.get(analyzer)
    if (group === undefined) groups.set(analyzer, [field])
    else group.push(field)
  }
  return Array.from(groups, ([analyzer, own]) => ({ analyzer, fields: own }))
}

function hasSameItems(left: readonly string[], right: readonly string[] = []): boolean {
  return left.length === right.length && left.every((item, at) => item === right[at])
}

function readForm({ analyzer, fields }: FieldGroup, token: string, isBeginning: boolean): QueryWordForm[] {
  const term = analyzer.term(token)
  return term === undefined && !isBeginning ? [] : [{ analyzer, fields, token, term }]
}
