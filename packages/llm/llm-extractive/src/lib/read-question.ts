import type { Analyzer } from '@empire/analyzer'
import { commonWords, fillerWords } from './common-words.ts'
import { synonyms } from './synonyms.ts'

/** One thing that the question is about. */
export interface Concept {
  /** How much it tells, before the passages are known: a name more than a word, a word more than a common word. */
  readonly weight: number
  /** The terms that stand for it, each with how well it does: 1 for the word itself, less for a synonym. */
  readonly terms: ReadonlyMap<string, number>
}

const most = 64
const synonymStrength = 0.75
const partStrength = 0.25
const weights = { common: 0.4, word: 1, name: 1.5 }

/** The concepts of a question in order of appearance, each once; the first 64 of a longer one. */
export function readQuestion(question: string, analyzer: Analyzer): Concept[] {
  const concepts = new Map<string, { weight: number; terms: Map<string, number> }>()
  const lexicon = lexiconOf(analyzer)
  const tokens = analyzer.tokens(question)
  let compound = ''
  let from = 0
  for (const token of tokens) {
    const part = compound.length > token.length && compound.includes(token)
    const at = part ? from : question.indexOf(token, from)
    const term = analyzer.term(token)
    if (part) {
      if (term !== undefined) concepts.get(analyzer.term(compound) ?? '')?.terms.set(term, partStrength)
      continue
    }
    compound = token
    if (at !== -1) from = at + token.length
    const first = isFirst(question, at)
    if (term === undefined || lexicon.filler.has(token.toLowerCase()) || concepts.has(term)) continue
    if (concepts.size === most) break
    const terms = new Map([[term, 1]])
    for (const other of lexicon.synonyms.get(term) ?? []) if (other !== term) terms.set(other, synonymStrength)
    const name = isName(token, first) || isQuoted(question, at, token.length)
    const weight = name ? weights.name : lexicon.common.has(term) ? weights.common : weights.word
    concepts.set(term, { weight, terms })
  }
  return [...concepts.values()]
}

/** Capitals inside a sentence, digits, or capitals inside a word: a name of something. */
function isName(token: string, first: boolean): boolean {
  return /\p{N}/u.test(token) || /.\p{Lu}/u.test(token) || (!first && /^\p{Lu}/u.test(token))
}

function isFirst(question: string, at: number): boolean {
  return /(?:^|[.!?:]\s)\s*["'`(]*$/.test(question.slice(Math.max(0, at - 10), Math.max(0, at)))
}

function isQuoted(question: string, at: number, length: number): boolean {
  return at > 0 && /["'`“‘]/.test(question.charAt(at - 1)) && /["'`”’]/.test(question.charAt(at + length))
}

interface Lexicon {
  readonly filler: ReadonlySet<string>
  readonly common: ReadonlySet<string>
  readonly synonyms: ReadonlyMap<string, ReadonlySet<string>>
}

const lexicons = new WeakMap<Analyzer, Lexicon>()

/** The word lists in the terms of an analyzer. */
function lexiconOf(analyzer: Analyzer): Lexicon {
  const known = lexicons.get(analyzer)
  if (known !== undefined) return known
  const groups = new Map<string, Set<string>>()
  for (const group of synonyms) {
    const terms = group.flatMap((word) => analyzer.term(word) ?? [])
    for (const term of terms) {
      const set = groups.get(term) ?? new Set()
      groups.set(term, set)
      for (const other of terms) set.add(other)
    }
  }
  const lexicon: Lexicon = {
    filler: new Set(fillerWords),
    common: new Set(commonWords.flatMap((word) => analyzer.term(word) ?? [])),
    synonyms: groups,
  }
  lexicons.set(analyzer, lexicon)
  return lexicon
}
