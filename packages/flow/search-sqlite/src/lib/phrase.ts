import type { CheckedTextField } from '@empire/search/backend'
import { boundary, encodeTerm } from './text-code.ts'

/** The words of a phrase in a field, with their places. */
export interface Phrase {
  readonly field: CheckedTextField
  readonly places: readonly PhrasePlace[]
  /** Whether there is a word at every place. A word that is not indexed leaves a place where any may stand. */
  readonly isWhole: boolean
}

/** A word of a phrase. */
export interface PhrasePlace {
  readonly code: string
  /** In words from the first one. */
  readonly offset: number
}

/** A text as a phrase; `undefined` if no word of it is indexed. */
export function readPhrase(field: CheckedTextField, text: string): Phrase | undefined {
  const { analyzer } = field
  const terms = analyzer.tokens(text).map((token) => analyzer.term(token))
  const first = terms.findIndex((term) => term !== undefined && term !== '')
  if (first === -1) return undefined
  const places = terms.flatMap((term, at) =>
    term === undefined || term === '' ? [] : [{ code: encodeTerm(term), offset: at - first }],
  )
  return { field, places, isWhole: (places.at(-1) as PhrasePlace).offset === places.length - 1 }
}

/** Whether a value of a field has a phrase, with at most `slop` other words in between altogether. */
export function hasPhrase(codes: readonly string[], places: readonly PhrasePlace[], slop: number): boolean {
  const [first] = places
  return codes.some((code, start) => code === first?.code && follows(codes, start, places, slop))
}

/** Where the phrase begins, each word is taken as early as it can be: that leaves the fewest words in between. */
function follows(codes: readonly string[], start: number, places: readonly PhrasePlace[], slop: number): boolean {
  let at = start
  for (let next = 1; next < places.length; next += 1) {
    const { code, offset } = places[next] as PhrasePlace
    const earliest = at + offset - (places[next - 1] as PhrasePlace).offset
    const last = Math.min(start + offset + slop, codes.length - 1)
    let found = at + 1
    for (; found <= last && (found < earliest || codes[found] !== code); found += 1) {
      if (codes[found] === boundary) return false
    }
    if (found > last) return false
    at = found
  }
  return true
}
