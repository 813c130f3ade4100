import type { CheckedNearestQuery } from '@empire/search/backend'
import { bestByScore } from './best-by-score.ts'
import type { ScoreList } from './score-list.ts'
import type { Condition, SqliteSearch } from './sqlite-search.ts'
import { dotProduct, norm, readVector } from './vector-math.ts'

/** The nearest documents of those that fit a condition on `document`: every vector of them is compared. */
export function nearestDocuments(
  search: SqliteSearch,
  { field, vector, k }: CheckedNearestQuery,
  condition: Condition,
): { readonly best: ScoreList; readonly visited: number } {
  const sql = `SELECT document, norm, vector FROM ${search.tables.field(field)} WHERE ${condition.sql}`
  const length = field.metric === 'cosine' ? norm(vector) : 1
  const numbers: number[] = []
  const scores: number[] = []
  // One by one: vectors are not held, and what the filter lets through is gathered once, not once per page.
  for (const [number, own, bytes] of search.iterate(sql, ...condition.parameters) as Iterable<
    [number, number, Uint8Array]
  >) {
    const product = dotProduct(vector, readVector(bytes))
    numbers.push(number)
    scores.push(field.metric === 'cosine' ? product / (length * own) : product)
  }
  const all = { numbers: Float64Array.from(numbers), scores: Float64Array.from(scores) }
  const ranked = bestByScore(search, all, k).toSorted((left, right) => left.number - right.number)
  const best = {
    numbers: Float64Array.from(ranked, ({ number }) => number),
    scores: Float64Array.from(ranked, ({ score }) => score),
  }
  return { best, visited: numbers.length }
}
