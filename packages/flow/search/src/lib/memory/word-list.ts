import { type Analyzer, foldWord } from '@empire/analyzer'
import { slips } from './slips.ts'
import { notIndexed, type Vocabulary } from './vocabulary.ts'

/** A term of the index that a word of a query stands for, and how near it is. */
export interface NearTerm {
  readonly term: number
  /** 1 for the word itself or a beginning, less for near spellings. */
  readonly similarity: number
}

/**
 * The folded words that an analyzer met, in the order of their UTF-16 units, with their terms: for beginnings and near spellings. Made
 * at the first query that needs it; words met since then are sorted in at the next.
 */
export class WordList {
  readonly #analyzer: Analyzer
  readonly #vocabulary: Vocabulary
  readonly #number: number
  #words: readonly string[] = []
  #terms: readonly number[] = []
  #known = 0

  constructor(analyzer: Analyzer, vocabulary: Vocabulary, number: number) {
    this.#analyzer = analyzer
    this.#vocabulary = vocabulary
    this.#number = number
  }

  fold(token: string): string {
    return this.#analyzer.fold?.(token) ?? foldWord(token)
  }

  /** The terms of the words that begin so. */
  beginningWith(token: string): NearTerm[] {
    this.#refresh()
    const prefix = this.fold(token)
    const terms = new Set<number>()
    for (let at = this.#find(prefix); this.#words[at]?.startsWith(prefix) === true; at += 1) {
      terms.add(this.#terms[at] as number)
    }
    return Array.from(terms, (term) => ({ term, similarity: 1 }))
  }

  /** The terms of the words that are at most so many slips away, and begin as the word does. */
  near(token: string, distance: number, prefixLength: number): NearTerm[] {
    this.#refresh()
    const word = this.fold(token)
    const prefix = word.slice(0, prefixLength)
    const best = new Map<number, number>()
    const from = this.#find(prefix)
    for (const [at, count] of slips(word, this.#words, distance, from, prefix)) {
      const term = this.#terms[at] as number
      const similarity = count === 0 ? 1 : 1 - (count + 1) / (Math.max(word.length, 3) + 2)
      if (similarity > (best.get(term) ?? 0)) best.set(term, similarity)
    }
    return Array.from(best, ([term, similarity]) => ({ term, similarity }))
  }

  /** Where a word stands, or would. */
  #find(word: string): number {
    let low = 0
    let high = this.#words.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#words[middle] as string) < word) low = middle + 1
      else high = middle
    }
    return low
  }

  #refresh(): void {
    const tokens = this.#vocabulary.tokens(this.#number)
    if (tokens.size === this.#known) return
    const fresh: { word: string; term: number }[] = []
    for (let at = this.#known; at < tokens.size; at += 1) {
      const term = tokens.value(at)
      if (term !== notIndexed) fresh.push({ word: this.fold(tokens.token(at)), term })
    }
    fresh.sort(compareEntries)
    const words: string[] = []
    const terms: number[] = []
    let next = 0
    let old = 0
    while (next < fresh.length || old < this.#words.length) {
      const known = { word: this.#words[old] ?? '', term: this.#terms[old] as number }
      const isOld =
        next >= fresh.length || (old < this.#words.length && compareEntries(known, fresh[next] as never) <= 0)
      const entry = isOld ? known : (fresh[next] as { word: string; term: number })
      if (isOld) old += 1
      else next += 1
      // The same word in other letter cases.
      if (words.at(-1) === entry.word && terms.at(-1) === entry.term) continue
      words.push(entry.word)
      terms.push(entry.term)
    }
    this.#words = words
    this.#terms = terms
    this.#known = tokens.size
  }
}

function compareEntries(left: { word: string; term: number }, right: { word: string; term: number }): number {
  return left.word < right.word ? -1 : left.word > right.word ? 1 : left.term - right.term
}
