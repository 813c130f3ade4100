import type { Analyzer } from '@empire/analyzer'
import type { RankedUnit } from './rank-units.ts'

/** The share of a question that a quote has to hold to be an answer. */
const leastCoverage = 0.62
/** How far a further quote may fall behind the best. */
const leastRatio = 0.7
/** From this share of common terms on, two quotes say the same. */
const sameFrom = 0.8

/** The best units that answer, best first, none saying what another says. None when nothing answers. */
export function chooseQuotes(ranked: readonly RankedUnit[], most: number, analyzer: Analyzer): RankedUnit[] {
  const answers = ranked.filter(({ coverage }) => coverage > leastCoverage).toSorted((a, b) => b.score - a.score)
  const least = (answers[0]?.score ?? 0) * leastRatio
  const chosen: { entry: RankedUnit; terms: ReadonlySet<string> }[] = []
  for (const entry of answers) {
    if (chosen.length === most || entry.score < least) break
    const terms = termsOf(entry, analyzer)
    if (!chosen.some((other) => saysTheSame(terms, other.terms))) chosen.push({ entry, terms })
  }
  return chosen.map(({ entry }) => entry)
}

function termsOf({ unit }: RankedUnit, analyzer: Analyzer): ReadonlySet<string> {
  const tokens = [unit.text, ...unit.below].flatMap((text) => analyzer.tokens(text))
  return new Set(tokens.flatMap((token) => analyzer.term(token) ?? []))
}

function saysTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let common = 0
  for (const term of a) if (b.has(term)) common++
  return common >= sameFrom * Math.min(a.size, b.size)
}
