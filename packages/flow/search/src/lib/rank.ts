import { inverseDocumentFrequency, lengthPenalty, saturation } from './bm25.ts'
import type { InvertedIndex } from './inverted-index.ts'
import type { SearchHit, SearchResult } from './search-query.ts'
import { TopHits } from './top-hits.ts'

/** A distinct term of a query. */
interface QueryTerm {
  readonly term: string
  /** Its number in the index; `undefined` for a term that no document has. */
  readonly number: number | undefined
  /** How much it tells. */
  readonly information: number
  /** How often it is in the query. */
  readonly count: number
}

/** The documents that have one of the terms, the best of them first. */
export function rank(index: InvertedIndex, terms: readonly string[], limit: number, scratch: Scores): SearchResult {
  const query = readTerms(index, terms)
  const scores = scratch.for(index.documents.nextNumber)
  const matched: number[] = []
  for (const term of query) addScores(index, term, scores, matched)
  const top = new TopHits(limit)
  for (const document of matched) {
    top.offer(document, scores[document] as number)
    scores[document] = 0
  }
  return {
    hits: top.ranked().map(({ document, score }) => toHit(index, query, document, score)),
    total: matched.length,
  }
}

/** Room for a score per document, all 0 between searches. */
export class Scores {
  #scores = new Float64Array(0)

  for(documents: number): Float64Array {
    if (this.#scores.length < documents) this.#scores = new Float64Array(Math.ceil(documents * 1.25))
    return this.#scores
  }
}

function readTerms(index: InvertedIndex, terms: readonly string[]): QueryTerm[] {
  const { documents, postings, vocabulary } = index
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return Array.from(counts, ([term, count]) => {
    const known = vocabulary.numberOf(term)
    const frequency =
      known === undefined ? 0 : postings.documentCount(known, documents.removals, (number) => documents.isLive(number))
    return {
      term,
      number: frequency === 0 ? undefined : known,
      information: inverseDocumentFrequency(frequency, documents.size),
      count,
    }
  })
}

/**
 * Adds count · information · x (k1 + 1) / (x + k1) to the score of each document that has the term, x being the sum over
 * fields of weight · occurrences / (1 − b + b · length / average length). This is BM25F (Zaragoza and others, "Microsoft
 * Cambridge at TREC-13", 2004): a word in two fields saturates once, not once per field.
 */
function addScores(index: InvertedIndex, term: QueryTerm, scores: Float64Array, matched: number[]): void {
  if (term.number === undefined) return
  const { documents, fields, postings } = index
  const { keys, occurrences, fieldBits } = postings
  const { lengths } = documents
  const fieldMask = (1 << fieldBits) - 1
  const weights = fields.map((field) => field.weight)
  const penalties = documents.totals.map((total) => (lengthPenalty * documents.size) / total)
  const boost = term.count * term.information * (saturation + 1)
  const end = postings.end(term.number)
  let at = postings.start(term.number)
  while (at < end) {
    const document = (keys[at] as number) >>> fieldBits
    let weight = 0
    do {
      const key = keys[at] as number
      const field = key & fieldMask
      const penalty = 1 - lengthPenalty + (penalties[field] as number) * (lengths[key] as number)
      weight += ((weights[field] as number) * (occurrences[at] as number)) / penalty
      at += 1
    } while (at < end && (keys[at] as number) >>> fieldBits === document)
    const before = scores[document] as number
    if (before === 0) matched.push(document)
    scores[document] = before + (boost * weight) / (weight + saturation)
  }
}

function toHit(index: InvertedIndex, query: readonly QueryTerm[], document: number, score: number): SearchHit {
  const terms: string[] = []
  let held = 0
  let asked = 0
  for (const { term, number, information } of query) {
    asked += information
    if (number === undefined || !index.postings.has(number, document)) continue
    held += information
    terms.push(term)
  }
  return { id: index.documents.idOf(document) as string, score, coverage: held / asked, terms }
}
