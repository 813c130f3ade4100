import type { Analyzer } from '@empire/analyzer'
import { type CheckedTextField, type CheckedTextQuery, fuzzyDistance } from '@empire/search/backend'
import { toSqlText } from '@empire/sqlite'
import { nearWords } from './near-words.ts'
import { columnFilter, type SqliteSearch } from './sqlite-search.ts'
import { encodeTerm } from './text-code.ts'
import { foldToken } from './word-coder.ts'

/** One of the ways in which a document can have a word of a query. */
export interface WordForm {
  /** The code of a term, or the beginning of codes. */
  readonly code: string
  readonly isPrefix: boolean
  readonly fields: readonly CheckedTextField[]
  /** What FTS5 looks for. */
  readonly expression: string
  /** 1, or less for words that are only spelt nearly so. */
  readonly similarity: number
}

/** A distinct word of a query. */
export interface QueryWord {
  /** How often the query has it. */
  readonly count: number
  /** At least one. */
  readonly forms: readonly WordForm[]
}

/** The distinct words of a query in its order. */
export function readQueryWords(search: SqliteSearch, query: CheckedTextQuery): QueryWord[] {
  const groups = groupFields(search, query)
  const lists = groups.map(({ analyzer }) => analyzer.tokens(query.match))
  const words = new Map<string, { count: number; readonly forms: WordForm[] }>()
  const add = (forms: WordForm[]): void => {
    if (forms.length === 0) return
    const key = forms.map(({ expression }) => expression).join(' ')
    const known = words.get(key)
    if (known === undefined) words.set(key, { count: 1, forms })
    else known.count += 1
  }
  const read = (group: FieldGroup, token: string, isLast: boolean): WordForm[] =>
    readWord(search, query, group, token, isLast)
  if (isAligned(lists)) {
    // Analyzers that part texts alike mean the same word by the same place.
    const [tokens = []] = lists
    for (const [place, token] of tokens.entries()) {
      add(groups.flatMap((group) => read(group, token, place === tokens.length - 1)))
    }
  } else {
    for (const [at, group] of groups.entries()) {
      const tokens = lists[at] as readonly string[]
      for (const [place, token] of tokens.entries()) add(read(group, token, place === tokens.length - 1))
    }
  }
  return [...words.values()]
}

interface FieldGroup {
  readonly number: number
  readonly analyzer: Analyzer
  readonly fields: readonly CheckedTextField[]
}

/** The query's fields by analyzer. */
function groupFields({ tables }: SqliteSearch, { fields }: CheckedTextQuery): FieldGroup[] {
  return tables.analyzers.flatMap((analyzer, number) => {
    const own = fields.flatMap(({ field }) => (tables.analyzerOf(field) === number ? [field] : []))
    return own.length === 0 ? [] : [{ number, analyzer, fields: own }]
  })
}

function isAligned(lists: readonly (readonly string[])[]): boolean {
  const [first] = lists
  return lists.every((list) => list.length === first?.length && list.every((token, at) => token === first[at]))
}

/** The forms of a word; none for a word that is not missed. */
function readWord(
  search: SqliteSearch,
  { mode, distance, prefixLength }: CheckedTextQuery,
  { number, analyzer, fields }: FieldGroup,
  token: string,
  isLast: boolean,
): WordForm[] {
  const filter = columnFilter(search, fields)
  const toForm = (code: string, similarity = 1): WordForm => {
    return { code, isPrefix: false, fields, expression: `${filter}"${code}"`, similarity }
  }
  const term = analyzer.term(token)
  if (mode === 'prefix' && isLast) {
    const code = encodeTerm(foldToken(analyzer, token))
    const prefix: WordForm = { code, isPrefix: true, fields, expression: `${filter}"${code}"*`, similarity: 1 }
    const others = beginningWith(search, number, toSqlText(foldToken(analyzer, token)))
    if (term !== undefined && term !== '') others.add(encodeTerm(term))
    return [prefix, ...[...others].filter((other) => !other.startsWith(code)).map((other) => toForm(other))]
  }
  if (term === undefined || term === '') return []
  const exact = encodeTerm(term)
  if (mode !== 'fuzzy') return [toForm(exact)]
  const word = foldToken(analyzer, token)
  const most = distance ?? fuzzyDistance(word)
  const near = most === 0 ? [] : nearWords(search, { analyzer: number, word, most, prefixLength })
  return [
    toForm(exact),
    ...near.filter(({ code }) => code !== exact).map(({ code, similarity }) => toForm(code, similarity)),
  ]
}

/** The codes of the terms of words that begin so: their terms may be shorter than the beginning. */
function beginningWith(search: SqliteSearch, analyzer: number, word: string): Set<string> {
  const sql = `SELECT DISTINCT term FROM ${search.tables.words} WHERE analyzer = ? AND word >= ? AND word < ?`
  return new Set(search.all(sql, analyzer, word, endOf(word)).map((row) => String(row[0])))
}

/** The greatest text that begins so. */
function endOf(prefix: string): string {
  return `${prefix}\u{10ffff}`
}
