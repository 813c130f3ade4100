import type { CheckedNearestQuery, CheckedRequest, CheckedTextQuery } from '@empire/search/backend'
import { compileFilter } from './compile-filter.ts'
import { findMatches } from './match-set.ts'
import type { Matches } from './matches.ts'
import { nearestDocuments } from './nearest-documents.ts'
import { codeWords } from './code-words.ts'
import { addScores, scoreWords } from './score-words.ts'
import type { ScoreList } from './score-list.ts'
import type { Condition, SqliteSearch } from './sqlite-search.ts'

/** The documents that match. */
export function matchRequest(search: SqliteSearch, { query, filter }: CheckedRequest): Matches {
  if (query?.type === 'text') return matchText(search, query, filter)
  if (query?.type === 'nearest') return matchNearest(search, query, filter)
  const { pushedDown, ...condition } = compileFilter(search, filter, { number: 'd.number', lookup: 'set' })
  const total = filter === undefined ? search.entry.documents : countAll(search, condition)
  return { condition: () => condition, total, scored: undefined, words: undefined, visited: 0, pushedDown }
}

function matchText(search: SqliteSearch, query: CheckedTextQuery, filter: CheckedRequest['filter']): Matches {
  const read = codeWords(search, query)
  const { numbers, pushedDown } = findMatches(search, query, read, filter)
  const words = scoreWords(search, query, numbers?.length === 0 ? [] : read, numbers)
  const scored = addScores(words)
  return { ...scoredMatches(scored), words, visited: scored.numbers.length, pushedDown }
}

function matchNearest(search: SqliteSearch, query: CheckedNearestQuery, filter: CheckedRequest['filter']): Matches {
  const { pushedDown, ...condition } = compileFilter(search, filter, { number: 'document', lookup: 'set' })
  const { best, visited } = nearestDocuments(search, query, condition)
  return { ...scoredMatches(best), words: undefined, visited, pushedDown }
}

function scoredMatches(scored: ScoreList): Pick<Matches, 'condition' | 'total' | 'scored'> {
  return {
    condition: () => {
      const parameters = [JSON.stringify([...scored.numbers])]
      return { sql: 'd.number IN (SELECT value FROM json_each(?))', parameters }
    },
    total: scored.numbers.length,
    scored,
  }
}

function countAll(search: SqliteSearch, { sql, parameters }: Condition): number {
  return search.first(`SELECT count(*) FROM ${search.tables.documents} d WHERE ${sql}`, ...parameters)?.[0] as number
}
