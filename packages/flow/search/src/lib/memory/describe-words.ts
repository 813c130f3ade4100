import type { TermExplanation, TextExplanation } from '../explanation.ts'
import { lengthPenalty, saturation } from './bm25.ts'
import type { TextIndex } from './text-index.ts'
import type { ScoredWord, TextMatcher } from './text-matcher.ts'

/** What a document holds of the words of a query. */
export function holdings(
  matcher: TextMatcher,
  words: readonly ScoredWord[],
  document: number,
): { coverage: number; terms: string[] } {
  const terms: string[] = []
  let held = 0
  let asked = 0
  for (const word of words) {
    asked += word.information
    const before = terms.length
    for (const term of word.terms) if (matcher.holds(term, document)) terms.push(term.term)
    if (terms.length > before) held += word.information
  }
  return { coverage: held / asked, terms: words.length === 1 ? terms : [...new Set(terms)] }
}

/** How the score of a document comes about, term by term. */
export function explainText(
  index: TextIndex,
  matcher: TextMatcher,
  words: readonly ScoredWord[],
  document: number,
): TextExplanation {
  const terms = words.flatMap((word) => explainWord(index, matcher, word, document))
  return { type: 'text', score: terms.reduce((sum, { score }) => sum + score, 0), terms }
}

function explainWord(index: TextIndex, matcher: TextMatcher, word: ScoredWord, document: number): TermExplanation[] {
  const { documents, fields } = index
  const found = word.terms.flatMap((term) => {
    const entries = matcher.occurrencesOf(term, document).map(({ field, occurrences }) => ({
      name: fields[field]?.name as string,
      occurrences,
      weight: term.weights[field] as number,
      length: documents.lengths[(document << documents.fieldBits) | field] as number,
      averageLength: (documents.totals[field] as number) / documents.size,
    }))
    if (entries.length === 0) return []
    const x = entries.reduce(
      (sum, { occurrences, weight, length, averageLength }) =>
        sum + (occurrences * weight) / (1 - lengthPenalty + (lengthPenalty * length) / averageLength),
      0,
    )
    return [{ term, x: x * term.similarity, entries }]
  })
  const all = found.reduce((sum, { x }) => sum + x, 0)
  const score = (word.count * word.information * (saturation + 1) * all) / (all + saturation)
  return found.map(({ term, x, entries }) => ({
    term: term.term,
    // Terms of one word saturate together: each has its share of what the word adds.
    score: (score * x) / all,
    idf: word.information,
    count: word.count,
    similarity: term.similarity,
    fields: Object.fromEntries(entries.map(({ name, ...entry }) => [name, entry])),
  }))
}
