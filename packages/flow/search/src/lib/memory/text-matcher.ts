import type { CheckedTextQuery } from '../checked-request.ts'
import { inverseDocumentFrequency } from '../inverse-document-frequency.ts'
import type { Bitset } from './bitset.ts'
import { lengthPenalty, saturation } from './bm25.ts'
import { enlarge } from './enlarge.ts'
import type { Matches } from './matches.ts'
import { phraseFinder } from './phrase-finder.ts'
import { type IndexWord, lookUpWords, type WordTerm } from './look-up-words.ts'
import type { TextIndex } from './text-index.ts'

/** What the index knows of a word of a query. */
export interface ScoredWord extends IndexWord {
  /** How much it tells. */
  readonly information: number
}

/** Documents that match words, until the next search. */
export interface TextMatches extends Matches {
  readonly words: readonly ScoredWord[]
}

/**
 * Ranks documents by BM25F: Zaragoza and others, "Microsoft Cambridge at TREC-13" (2004).
 *
 * The score of a document is the sum over the words of count · information · x (k1 + 1) / (x + k1), where x is the sum
 * over terms and fields of similarity · weight · occurrences / (1 − b + b · length / average length). So a word in two fields
 * saturates once, not once per field, and so does a word with several spellings.
 */
export class TextMatcher {
  readonly #index: TextIndex
  /** By document; all 0 between searches. */
  #scores = new Float64Array(0)
  /** By document: how many of the words it has, where all are asked for. */
  #held = new Uint32Array(0)
  /** By document: x of the word at hand, where the word stands for several terms. */
  #weights = new Float64Array(0)
  /** The documents that have a score, in the order they got it. */
  #matched = new Uint32Array(0)
  #count = 0
  /** By field: 1 − b, and b / average length. */
  #steps = new Float64Array(0)

  constructor(index: TextIndex) {
    this.#index = index
  }

  /** The documents that match, of those in `allowed`. Call `clear` when done with them. */
  match(query: CheckedTextQuery, allowed: Bitset | undefined): TextMatches {
    this.#prepare()
    const words = lookUpWords(this.#index, query).map((word) => this.#weigh(word))
    const needsAll = query.mode !== 'any' && query.mode !== 'fuzzy'
    if (needsAll) this.#matchAll(words, allowed)
    else for (const word of words) this.#addWord(word, allowed, undefined)
    if (query.mode === 'phrase') this.#keepPhrases(query)
    return { words, documents: this.#matched.subarray(0, this.#count), scores: this.#scores, visited: this.#count }
  }

  clear(): void {
    for (let at = 0; at < this.#count; at += 1) {
      const document = this.#matched[at] as number
      this.#scores[document] = 0
      this.#held[document] = 0
    }
    this.#count = 0
  }

  /** Whether a document has a term in one of its fields. */
  holds({ number, weights }: WordTerm, document: number): boolean {
    return number !== undefined && this.#index.postings.hasWeighted(number, document, weights)
  }

  /** In which fields a document has a term, for explanations. */
  occurrencesOf({ number, weights }: WordTerm, document: number): { field: number; occurrences: number }[] {
    if (number === undefined) return []
    return this.#index.postings.entriesOf(number, document).filter(({ field }) => (weights[field] as number) > 0)
  }

  #prepare(): void {
    const { documents, fields } = this.#index
    const { nextNumber, size, totals } = documents
    if (this.#scores.length < nextNumber) {
      this.#scores = enlarge(this.#scores, nextNumber)
      this.#held = enlarge(this.#held, nextNumber)
      this.#weights = enlarge(this.#weights, nextNumber)
      this.#matched = enlarge(this.#matched, nextNumber)
    }
    if (this.#steps.length !== fields.length) this.#steps = new Float64Array(fields.length)
    for (let field = 0; field < fields.length; field += 1) {
      const total = totals[field] as number
      this.#steps[field] = total === 0 ? 0 : (lengthPenalty * size) / total
    }
  }

  /** How much a word tells, by how few documents have it in whichever field; of several terms, the most frequent one tells. */
  #weigh(word: IndexWord): ScoredWord {
    let most = 0
    for (const { number } of word.terms) {
      if (number !== undefined) most = Math.max(most, this.#index.documentCount(number))
    }
    return { ...word, information: inverseDocumentFrequency(most, this.#index.documents.size) }
  }

  /** The rarest word first: only documents that have it are looked at for the others. */
  #matchAll(words: readonly ScoredWord[], allowed: Bitset | undefined): void {
    const rarest = words.toSorted((left, right) => right.information - left.information)
    for (const [at, word] of rarest.entries()) this.#addWord(word, allowed, at)
    this.#keep((document) => this.#held[document] === words.length)
  }

  #addWord({ count, information, terms }: ScoredWord, allowed: Bitset | undefined, step: number | undefined): void {
    const boost = count * information * (saturation + 1)
    const [only] = terms
    if (terms.length === 1 && only !== undefined) return this.#addTerm(only, boost, allowed, step)
    const touched: number[] = []
    for (const term of terms) {
      this.#walk(term, allowed, (document, weight) => {
        if (this.#weights[document] === 0) touched.push(document)
        ;(this.#weights[document] as number) += weight * term.similarity
      })
    }
    for (const document of touched) {
      const weight = this.#weights[document] as number
      this.#weights[document] = 0
      this.#add(document, (boost * weight) / (weight + saturation), step)
    }
  }

  /** Adds what a word of one term is worth: the path of nearly every query, kept free of calls per document. */
  #addTerm({ number, weights }: WordTerm, boost: number, allowed: Bitset | undefined, step: number | undefined): void {
    if (number === undefined || this.#index.documentCount(number) === 0) return
    const { keys, occurrences, fieldBits } = this.#index.postings
    const { lengths } = this.#index.documents
    const steps = this.#steps
    const mask = (1 << fieldBits) - 1
    const end = this.#index.postings.end(number)
    let at = this.#index.postings.start(number)
    while (at < end) {
      let key = keys[at] as number
      const document = key >>> fieldBits
      let weight = 0
      do {
        const field = key & mask
        const penalty = 1 - lengthPenalty + (steps[field] as number) * (lengths[key] as number)
        weight += ((occurrences[at] as number) * (weights[field] as number)) / penalty
        at += 1
        key = keys[at] as number
      } while (at < end && key >>> fieldBits === document)
      if (weight === 0 || (allowed !== undefined && !allowed.has(document))) continue
      this.#add(document, (boost * weight) / (weight + saturation), step)
    }
  }

  /** Calls `visit` for each document that has a term, with x of it. */
  #walk(
    { number, weights }: WordTerm,
    allowed: Bitset | undefined,
    visit: (document: number, weight: number) => void,
  ): void {
    if (number === undefined || this.#index.documentCount(number) === 0) return
    const { keys, fieldBits } = this.#index.postings
    const end = this.#index.postings.end(number)
    let at = this.#index.postings.start(number)
    while (at < end) {
      const document = (keys[at] as number) >>> fieldBits
      let weight = 0
      for (; at < end && (keys[at] as number) >>> fieldBits === document; at += 1) weight += this.#factor(at, weights)
      if (weight > 0 && (allowed === undefined || allowed.has(document))) visit(document, weight)
    }
  }

  /** What an entry adds to x. */
  #factor(at: number, weights: Float64Array): number {
    const { keys, occurrences, fieldBits } = this.#index.postings
    const key = keys[at] as number
    const field = key & ((1 << fieldBits) - 1)
    const length = this.#index.documents.lengths[key] as number
    const penalty = 1 - lengthPenalty + (this.#steps[field] as number) * length
    return ((occurrences[at] as number) * (weights[field] as number)) / penalty
  }

  /** @param step How many words a document must have so far, where all are asked for. */
  #add(document: number, score: number, step: number | undefined): void {
    if (step !== undefined) {
      if (this.#held[document] !== step) return
      this.#held[document] = step + 1
    }
    const before = this.#scores[document] as number
    if (before === 0) this.#matched[this.#count++] = document
    this.#scores[document] = before + score
  }

  #keepPhrases(query: CheckedTextQuery): void {
    const find = phraseFinder(this.#index, query)
    this.#keep(find)
  }

  #keep(isKept: (document: number) => boolean): void {
    let kept = 0
    for (let at = 0; at < this.#count; at += 1) {
      const document = this.#matched[at] as number
      if (isKept(document)) {
        this.#matched[kept++] = document
      } else {
        this.#scores[document] = 0
        this.#held[document] = 0
      }
    }
    this.#count = kept
  }
}
