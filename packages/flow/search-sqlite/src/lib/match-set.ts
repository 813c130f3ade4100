import type { CheckedRequest, CheckedTextQuery } from '@empire/search/backend'
import { compileFilter } from './compile-filter.ts'
import { hasPhrase, type Phrase, readPhrase } from './phrase.ts'
import type { CodedWord } from './code-words.ts'
import { columnFilter, type SqliteSearch } from './sqlite-search.ts'

/** The documents that match a query and its filter, by number. */
export interface MatchSet {
  /** In ascending order; `undefined` where they are those that have any of the words. */
  readonly numbers: readonly number[] | undefined
  readonly pushedDown: readonly string[]
}

/**
 * What FTS5 finds: where a filter or several words must be met, so that nothing else is scored. Without, every document that has a
 * word is scored anyway, and matches.
 */
export function findMatches(
  search: SqliteSearch,
  query: CheckedTextQuery,
  words: readonly CodedWord[],
  filter: CheckedRequest['filter'],
): MatchSet {
  const { text, textFields } = search.tables
  const isAny = query.mode === 'any' || query.mode === 'fuzzy' || (query.mode !== 'phrase' && words.length === 1)
  if (isAny && filter === undefined) return { numbers: undefined, pushedDown: [] }
  const { sql, parameters, pushedDown } = compileFilter(search, filter, { number: `+${text}.rowid`, lookup: 'each' })
  const phrases =
    query.mode === 'phrase' ? query.fields.flatMap(({ field }) => readPhrase(field, query.match) ?? []) : undefined
  const match =
    phrases === undefined ? wordsExpression(words, isAny) : phrasesExpression(search, phrases, words, query.slop)
  if (match === undefined) return { numbers: [], pushedDown }
  const isExact = phrases === undefined || (query.slop === 0 && phrases.every(({ isWhole }) => isWhole))
  const columns = isExact ? [] : textFields.map((field) => `, ${search.tables.column(field)}`)
  const statement = `SELECT rowid${columns.join('')} FROM ${text} WHERE ${text} MATCH ? AND ${sql}`
  const rows = search.iterate(statement, match, ...parameters)
  const numbers: number[] = []
  for (const [number, ...codes] of rows) {
    if (isExact || hasAnyPhrase(codes as (string | null)[])) numbers.push(number as number)
  }
  return { numbers, pushedDown }

  function hasAnyPhrase(codes: readonly (string | null)[]): boolean {
    return (phrases ?? []).some((phrase) => {
      const own = codes[textFields.indexOf(phrase.field)]
      return typeof own === 'string' && hasPhrase(own.split(' '), phrase.places, query.slop)
    })
  }
}

function wordsExpression(words: readonly CodedWord[], isAny: boolean): string | undefined {
  if (words.length === 0) return undefined
  return words
    .map(({ forms }) => `(${forms.map(({ expression }) => `(${expression})`).join(' OR ')})`)
    .join(isAny ? ' OR ' : ' AND ')
}

/**
 * Words side by side where FTS5 can tell; else words near enough to be looked at. Where a word counts for one analyzer and is left out by
 * another, the document must have it all the same.
 */
function phrasesExpression(
  search: SqliteSearch,
  phrases: readonly Phrase[],
  words: readonly CodedWord[],
  slop: number,
): string | undefined {
  if (phrases.length === 0) return undefined
  const sideBySide = phrases
    .map(({ field, places, isWhole }) => {
      const filter = columnFilter(search, [field])
      const codes = places.map(({ code }) => code)
      if (slop === 0 && isWhole) return `(${filter}"${codes.join(' ')}")`
      const distinct = [...new Set(codes)].map((code) => `"${code}"`)
      const distance = (places.at(-1)?.offset ?? 0) + slop
      return distinct.length === 1 ? `(${filter}${distinct[0]})` : `(${filter}NEAR(${distinct.join(' ')}, ${distance}))`
    })
    .join(' OR ')
  return search.tables.analyzers.length === 1 ? sideBySide : `(${sideBySide}) AND (${wordsExpression(words, false)})`
}
