import type { Analyzer } from '@empire/analyzer'
import { commonWords, fillerWords } from './common-words.ts'
import { synonyms } from './synonyms.ts'

/** One thing that a question is about. */
export interface Concept {
  /** How much it tells before the passages are known. */
  readonly weight: number
  /** The terms that stand for it, each with how well it does: 1 for the word itself, less for a synonym. */
  readonly terms: ReadonlyMap<string, number>
}

const longest = 4000
const mostConcepts = 64
const weights = { common: 0.4, word: 1, name: 1.5 }
const strengths = { synonym: 0.55, part: 0.25 }

/**
 * A function from a question to its concepts, in order of appearance, each once. Only the first 4,000 characters and
 * the first 64 concepts of a question count.
 */
export function createQuestionReader(analyzer: Analyzer): (question: string) => Concept[] {
  const filler = new Set(fillerWords)
  const common = new Set(commonWords.flatMap((word) => analyzer.term(word) ?? []))
  const related = relatedTerms(analyzer)

  return (whole) => {
    const question = whole.slice(0, longest)
    const concepts = new Map<string, { weight: number; terms: Map<string, number> }>()
    let compound: { word: string; terms?: Map<string, number> } = { word: '' }
    let from = 0
    for (const token of analyzer.tokens(question)) {
      const term = analyzer.term(token)
      if (token.length < compound.word.length && compound.word.includes(token)) {
        // The analyzer gives the parts of a compound (`max`, `Tokens`) right after it: they are no concepts of their own.
        if (term !== undefined && compound.terms?.has(term) === false) compound.terms.set(term, strengths.part)
        continue
      }
      const at = question.indexOf(token, from)
      if (at !== -1) from = at + token.length
      compound = { word: token }
      if (term === undefined || filler.has(token.toLowerCase()) || concepts.has(term)) continue
      if (concepts.size === mostConcepts) break
      const terms = new Map([[term, 1]])
      for (const other of related.get(term) ?? []) if (other !== term) terms.set(other, strengths.synonym)
      compound = { word: token, terms }
      const kind = isName(question, at, token) ? 'name' : common.has(term) ? 'common' : 'word'
      concepts.set(term, { weight: weights[kind], terms })
    }
    return [...concepts.values()]
  }
}

/** A word with digits or inner capitals, one in quotes, or one that is capitalised inside a sentence. */
function isName(question: string, at: number, token: string): boolean {
  if (/\p{N}|.\p{Lu}/u.test(token)) return true
  if (at === -1) return false
  const before = question.slice(Math.max(0, at - 10), at)
  const quoted = /["'`“‘]$/.test(before) && /^["'`”’]/.test(question.charAt(at + token.length))
  return quoted || (/^\p{Lu}/u.test(token) && !/(?:^|[.!?:]\s+)["'`(]*$/.test(before))
}

function relatedTerms(analyzer: Analyzer): Map<string, Set<string>> {
  const related = new Map<string, Set<string>>()
  for (const group of synonyms) {
    const terms = group.flatMap((word) => analyzer.term(word) ?? [])
    for (const term of terms) related.set(term, new Set([...(related.get(term) ?? []), ...terms]))
  }
  return related
}
