import type { Analyzer } from '@empire/analyzer'
import type { Concept } from './read-question.ts'

/** How well each concept is found in a text: 0 for not at all, 1 for the word itself. */
export type Match = Float64Array

/** A function from text to `Match` that looks at each distinct word once. */
export function conceptMatcher(concepts: readonly Concept[], analyzer: Analyzer): (text: string) => Match {
  const byTerm = new Map<string, [index: number, strength: number][]>()
  for (const [index, { terms }] of concepts.entries()) {
    for (const [term, strength] of terms) {
      const entries = byTerm.get(term)
      if (entries === undefined) byTerm.set(term, [[index, strength]])
      else entries.push([index, strength])
    }
  }
  const byToken = new Map<string, readonly [number, number][] | undefined>()
  const look = (token: string): readonly [number, number][] | undefined => {
    if (byToken.has(token)) return byToken.get(token)
    const term = analyzer.term(token)
    const entries = term === undefined ? undefined : byTerm.get(term)
    byToken.set(token, entries)
    return entries
  }
  return (text) => {
    const match = new Float64Array(concepts.length)
    for (const token of analyzer.tokens(text)) {
      for (const [index, strength] of look(token) ?? []) match[index] = Math.max(match[index] ?? 0, strength)
    }
    return match
  }
}
