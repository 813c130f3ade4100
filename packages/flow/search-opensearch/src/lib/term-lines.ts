import { foldWord, type Analyzer } from '@empire/analyzer'

/** Stands for a word that is not indexed, so that the words around it keep their distance. */
export const hole = '\u0001'

/** Stands among the terms of every document, be it without text. */
export const everyDocument = '\u0002'

const controls = /\p{Cc}/gu

/** A term as it is sent: line feeds part terms, and control characters are ours. */
export function escapeTerm(term: string): string {
  return term.replace(controls, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)))
}

/** A text as the index takes it. */
export interface TermLines {
  /** The terms in their order, a hole for each word that is not indexed. */
  readonly terms: string
  /** The distinct folded words. */
  readonly words: readonly string[]
}

/** Analyses a text here, so that terms are those of every other backend: the index parts them by line feeds, and does no more. */
export function termLines(analyzer: Analyzer, text: string): TermLines {
  const known = new Map<string, string>()
  const words = new Set<string>()
  const lines = analyzer.tokens(text).map((token) => {
    const seen = known.get(token)
    if (seen !== undefined) return seen
    const term = analyzer.term(token)
    const line = term === undefined ? hole : escapeTerm(term)
    known.set(token, line)
    if (term !== undefined) words.add(foldToken(analyzer, token))
    return line
  })
  return { terms: lines.join('\n'), words: [...words] }
}

/** A word as beginnings and near spellings are compared with. */
export function foldToken(analyzer: Analyzer, token: string): string {
  return escapeTerm(analyzer.fold === undefined ? foldWord(token) : analyzer.fold(token))
}
