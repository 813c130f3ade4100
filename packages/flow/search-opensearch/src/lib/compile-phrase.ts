import type { Analyzer } from '@empire/analyzer'
import { SearchError } from '@empire/search'
import type { CheckedTextQuery } from '@empire/search/backend'
import { fieldPaths } from './field-path.ts'
import type { QueryClause } from './query-clause.ts'
import { hole, termLines } from './term-lines.ts'

/** As in memory. */
const mostWords = 256

/** The documents where one value of one field has the words of a query side by side and in order. */
export function compilePhrase(query: CheckedTextQuery): QueryClause {
  const clauses = query.fields.flatMap(({ field }) => {
    const phrase = readPhrase(field.analyzer, query.match)
    return phrase === '' ? [] : [phraseClause(fieldPaths(field).terms, phrase, query.slop)]
  })
  return { bool: { should: clauses, minimum_should_match: 1 } }
}

/** `match_phrase` with a slop would also find the words in another order. */
function phraseClause(path: string, phrase: string, slop: number): QueryClause {
  if (slop === 0) return { match_phrase: { [path]: { query: phrase } } }
  return { intervals: { [path]: { match: { query: phrase, max_gaps: slop, ordered: true } } } }
}

function readPhrase(analyzer: Analyzer, match: string): string {
  const lines = termLines(analyzer, match).terms.split('\n')
  if (lines.length > mostWords) {
    throw new SearchError('invalid_query', `A phrase must have at most ${mostWords} words, got ${lines.length}.`, {
      details: { path: 'query.match' },
    })
  }
  return lines.slice(lines.findIndex(isWord), lines.findLastIndex(isWord) + 1).join('\n')
}

function isWord(line: string): boolean {
  return line !== hole && line !== ''
}
