import type { Matcher, QueryContext } from './query-context.ts'
import { checkComplement, checkMerging } from './check-rewriting.ts'
import { readArray, readNumber, readObject, readWhole } from './read-object.ts'

/** Clauses of clauses, and those that match everything or nothing. */
export const compoundClauses = {
  match_all(_context: QueryContext, place: string, value: unknown): Matcher {
    const boost = readBoost(place, readObject(place, value, ['boost', '_name']))
    return () => boost
  },
  match_none(_context: QueryContext, place: string, value: unknown): Matcher {
    readObject(place, value, ['_name'])
    return () => undefined
  },
  bool(context: QueryContext, place: string, value: unknown): Matcher {
    const keys = ['must', 'should', 'filter', 'must_not', 'minimum_should_match', 'boost', '_name']
    const given = readObject(place, value, keys)
    const boost = readBoost(place, given)
    checkMerging(given['filter'])
    checkComplement(context, given['must_not'])
    const list = (key: string): Matcher[] => {
      const clauses = given[key] ?? []
      return (Array.isArray(clauses) ? clauses : [clauses]).map((clause) => context.compile(`bool.${key}`, clause))
    }
    const [filter, not, must, should] = [list('filter'), list('must_not'), list('must'), list('should')]
    const isOptional = must.length > 0 || filter.length > 0
    const preset = should.length > 0 && !isOptional ? 1 : 0
    const least = readWhole('minimum_should_match', given['minimum_should_match'] ?? preset, 0, 1024)
    return (document) => {
      // What is filtered out is never scored.
      if (filter.some((match) => match(document) === undefined)) return undefined
      if (not.some((match) => match(document) !== undefined)) return undefined
      const needed = must.map((match) => match(document))
      if (needed.includes(undefined)) return undefined
      const found = should.map((match) => match(document)).filter((score) => score !== undefined)
      if (found.length < least) return undefined
      return boost * sum([...(needed as number[]), ...found])
    }
  },
  constant_score(context: QueryContext, place: string, value: unknown): Matcher {
    const given = readObject(place, value, ['filter', 'boost', '_name'])
    const boost = readBoost(place, given)
    const match = context.compile('constant_score.filter', given['filter'])
    return (document) => (match(document) === undefined ? undefined : boost)
  },
  dis_max(context: QueryContext, place: string, value: unknown): Matcher {
    const given = readObject(place, value, ['queries', 'tie_breaker', 'boost', '_name'])
    const boost = readBoost(place, given)
    const tie = readNumber('tie_breaker', given['tie_breaker'] ?? 0, 0, 1)
    const matchers = readArray('dis_max.queries', given['queries']).map((clause) => context.compile('queries', clause))
    return (document) =>
      best(
        matchers.map((match) => match(document)),
        tie,
        boost,
      )
  },
}

/** The best of some scores, and a share of the others. */
export function best(scores: readonly (number | undefined)[], tie: number, boost: number): number | undefined {
  const found = scores.filter((score) => score !== undefined)
  if (found.length === 0) return undefined
  const most = Math.max(...found)
  return boost * (most + tie * (sum(found) - most))
}

export function readBoost(place: string, { boost = 1 }: { readonly boost?: unknown }): number {
  return readNumber(`${place}.boost`, boost, 0, 1e9)
}

function sum(scores: readonly number[]): number {
  return scores.reduce((total, score) => total + score, 0)
}
