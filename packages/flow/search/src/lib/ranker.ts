import { lengthPenalty, saturation } from './bm25.ts'
import type { DocumentTable } from './document-table.ts'
import { enlarge } from './enlarge.ts'
import type { InvertedIndex } from './inverted-index.ts'
import { type QueryTerm, readQueryTerms } from './query-terms.ts'
import type { SearchHit, SearchResult } from './search-query.ts'
import { TopHits } from './top-hits.ts'

/**
 * Ranks documents by BM25F: Zaragoza and others, "Microsoft Cambridge at TREC-13" (2004).
 *
 * The score of a document is the sum over the terms of count · information · x (k1 + 1) / (x + k1), where x is the sum
 * over fields of weight · occurrences / (1 − b + b · length / average length). So a word in two fields saturates once,
 * not once per field.
 */
export class Ranker {
  readonly #index: InvertedIndex
  /** By document; all 0 between searches. */
  #scores = new Float64Array(0)
  /** The documents that have a score, in the order they got it. */
  #matched = new Uint32Array(0)
  #matchedCount = 0
  /** What an occurrence adds to x, by the key of an entry, and what of the documents it was computed from. */
  #factors = new Float64Array(0)
  #factorsOf: { documents: DocumentTable; changes: number } | undefined

  constructor(index: InvertedIndex) {
    this.#index = index
  }

  /** The documents that have one of the terms, the best of them first. */
  search(terms: readonly string[], limit: number): SearchResult {
    const query = readQueryTerms(this.#index, terms)
    this.#prepare()
    for (const term of query) this.#score(term)
    const total = this.#matchedCount
    const hits = this.#takeBest(limit).map(({ document, score }) => this.#toHit(query, document, score))
    return { hits, total }
  }

  /** Lengths and averages change with the documents only, so the divisions are not made per entry and query. */
  #prepare(): void {
    const { documents, fields } = this.#index
    if (this.#factorsOf?.documents === documents && this.#factorsOf.changes === documents.changes) return
    const { fieldBits, lengths, nextNumber, size, totals } = documents
    if (this.#scores.length < nextNumber) {
      this.#scores = enlarge(this.#scores, nextNumber)
      this.#matched = enlarge(this.#matched, nextNumber)
      this.#factors = enlarge(this.#factors, this.#scores.length << fieldBits)
    }
    for (const [field, { weight }] of fields.entries()) {
      const penalty = (lengthPenalty * size) / (totals[field] as number)
      const step = 1 << fieldBits
      for (let key = field; key < nextNumber << fieldBits; key += step) {
        this.#factors[key] = weight / (1 - lengthPenalty + penalty * (lengths[key] as number))
      }
    }
    this.#factorsOf = { documents, changes: documents.changes }
  }

  /** Adds what a term is worth to the score of each document that has it. */
  #score({ number, count, information }: QueryTerm): void {
    if (number === undefined) return
    const { keys, occurrences, fieldBits } = this.#index.postings
    const factors = this.#factors
    const boost = count * information * (saturation + 1)
    const start = this.#index.postings.start(number)
    const end = this.#index.postings.end(number)
    let document = (keys[start] as number) >>> fieldBits
    let weight = 0
    for (let at = start; at < end; at += 1) {
      const key = keys[at] as number
      const added = (occurrences[at] as number) * (factors[key] as number)
      if (key >>> fieldBits === document) {
        weight += added
        continue
      }
      this.#add(document, (boost * weight) / (weight + saturation))
      document = key >>> fieldBits
      weight = added
    }
    this.#add(document, (boost * weight) / (weight + saturation))
  }

  #add(document: number, score: number): void {
    const before = this.#scores[document] as number
    if (before === 0) this.#matched[this.#matchedCount++] = document
    this.#scores[document] = before + score
  }

  #takeBest(limit: number): { document: number; score: number }[] {
    const top = new TopHits(limit)
    for (let at = 0; at < this.#matchedCount; at += 1) {
      const document = this.#matched[at] as number
      const score = this.#scores[document] as number
      if (score >= top.least) top.offer(document, score)
      this.#scores[document] = 0
    }
    this.#matchedCount = 0
    return top.ranked()
  }

  #toHit(query: readonly QueryTerm[], document: number, score: number): SearchHit {
    const terms: string[] = []
    let held = 0
    let asked = 0
    for (const { term, number, information } of query) {
      asked += information
      if (number === undefined || !this.#index.postings.has(number, document)) continue
      held += information
      terms.push(term)
    }
    return { id: this.#index.documents.idOf(document) as string, score, coverage: held / asked, terms }
  }
}
