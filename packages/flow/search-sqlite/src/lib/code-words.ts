import {
  type CheckedTextField,
  type CheckedTextQuery,
  fuzzyDistance,
  type QueryWordForm,
  readQueryWords,
} from '@empire/search/backend'
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
export interface CodedWord {
  /** How often the query has it. */
  readonly count: number
  /** At least one. */
  readonly forms: readonly WordForm[]
}

/** The distinct words of a query in its order. */
export function codeWords(search: SqliteSearch, query: CheckedTextQuery): CodedWord[] {
  return readQueryWords(query).flatMap(({ count, forms, isBeginning }) => {
    const coded = mergeForms(forms.map((form) => codeForm(search, query, form, isBeginning)))
    if (coded.length === 0) return []
    return [{ count, forms: coded.map((form) => ({ ...form, expression: expressionOf(search, form) })) }]
  })
}

type BareForm = Omit<WordForm, 'expression'>

function expressionOf(search: SqliteSearch, { code, isPrefix, fields }: BareForm): string {
  return `${columnFilter(search, fields)}"${code}"${isPrefix ? '*' : ''}`
}

/** A term that several analyzers give is one: in the fields of all of them. */
function mergeForms(lists: readonly (readonly BareForm[])[]): readonly BareForm[] {
  if (lists.length === 1) return lists[0] as readonly BareForm[]
  const merged = new Map<string, BareForm>()
  for (const own of lists.flat()) {
    const key = `${own.similarity} ${own.isPrefix} ${own.code}`
    merged.set(key, { ...own, fields: [...(merged.get(key)?.fields ?? []), ...own.fields] })
  }
  return [...merged.values()]
}

/** The forms of a word in the fields of one analyzer. */
function codeForm(
  search: SqliteSearch,
  { mode, distance, prefixLength }: CheckedTextQuery,
  { analyzer, fields: weighted, token, term }: QueryWordForm,
  isBeginning: boolean,
): BareForm[] {
  const fields = weighted.map(({ field }) => field)
  const number = search.tables.analyzers.indexOf(analyzer)
  const toForm = (code: string, similarity = 1): BareForm => ({ code, isPrefix: false, fields, similarity })
  const exact = term === undefined || term === '' ? [] : [encodeTerm(term)]
  const word = foldToken(analyzer, token)
  if (isBeginning) {
    const code = encodeTerm(word)
    const others = [...new Set([...beginningWith(search, number, toSqlText(word)), ...exact])]
    return [
      { ...toForm(code), isPrefix: true },
      ...others.filter((other) => !other.startsWith(code)).map((other) => toForm(other)),
    ]
  }
  if (mode !== 'fuzzy' || exact.length === 0) return exact.map((code) => toForm(code))
  const most = distance ?? fuzzyDistance(word)
  const near = most === 0 ? [] : nearWords(search, { analyzer: number, word, most, prefixLength })
  return [
    ...exact.map((code) => toForm(code)),
    ...near.filter(({ code }) => code !== exact[0]).map(({ code, similarity }) => toForm(code, similarity)),
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
