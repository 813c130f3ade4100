import type { Condition } from './sqlite-search.ts'
import type { ScoreList } from './score-list.ts'
import type { ScoredWord } from './score-words.ts'

/** The documents that a request matches. */
export interface Matches {
  /** Which they are, said of `d.number`. Made when it is asked for: most searches never do. */
  condition(): Condition
  readonly total: number
  /** Of a query: the documents with their scores. */
  readonly scored: ScoreList | undefined
  /** Of a text query. */
  readonly words: readonly ScoredWord[] | undefined
  /** How many documents were scored. */
  readonly visited: number
  readonly pushedDown: readonly string[]
}
