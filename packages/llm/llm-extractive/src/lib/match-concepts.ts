import type { Analyzer } from '@empire/analyzer'
import type { Concept } from './read-question.ts'

/** How well each concept is found somewhere, by its index: 0 for not at all, 1 for the word itself. */
export type Match = number[]

/** A function from a text to what it matches. Each distinct word is looked up once, however often it comes. */
export function createMatcher(concepts: readonly Concept[], analyzer: Analyzer): (text: string) => Match {
  const byTerm = Map.groupBy(
    concepts.flatMap(({ terms }, index) => [...terms].map(([term, strength]) => ({ term, index, strength }))),
    ({ term }) => term,
  )
  const byToken = new Map<string, readonly { index: number; strength: number }[]>()

  return (text) => {
    const match: Match = concepts.map(() => 0)
    for (const token of analyzer.tokens(text)) {
      let found = byToken.get(token)
      if (found === undefined) {
        found = byTerm.get(analyzer.term(token) ?? '') ?? []
        byToken.set(token, found)
      }
      for (const { index, strength } of found) match[index] = Math.max(match[index] ?? 0, strength)
    }
    return match
  }
}

/** Raises each entry of `match` to that of `other` times `factor` where this is more. */
export function raiseMatch(match: Match, other: Match | undefined, factor: number): void {
  if (other === undefined) return
  for (let index = 0; index < match.length; index++) {
    match[index] = Math.max(match[index] ?? 0, (other[index] ?? 0) * factor)
  }
}
