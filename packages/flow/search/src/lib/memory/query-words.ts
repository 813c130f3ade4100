import type { CheckedTextQuery } from '../checked-request.ts'
import { fuzzyDistance } from '../fuzzy-distance.ts'
import type { TextIndex } from './text-index.ts'

/** A term of the index that a word of a query stands for. */
export interface WordTerm {
  readonly term: string
  /** Its number; `undefined` for a term that no document has. */
  readonly number: number | undefined
  /** By field: how much an occurrence counts, 0 where it does not. */
  readonly weights: Float64Array
  /** 1, or less for words that are only spelt nearly so. */
  readonly similarity: number
}

/** A distinct word of a query. */
export interface QueryWord {
  /** How often the query has it. */
  readonly count: number
  readonly terms: readonly WordTerm[]
}

/** The distinct words of a query in its order, with the terms that they stand for. */
export function readQueryWords(index: TextIndex, query: CheckedTextQuery): QueryWord[] {
  const words = new Map<string, { count: number; terms: WordTerm[] }>()
  const weights = weightsByAnalyzer(index, query)
  const lists = weights.map((own, at) => (own === undefined ? [] : (index.analyzers[at]?.tokens(query.match) ?? [])))
  const aligned = isAligned(lists)
  for (const [at, tokens] of lists.entries()) {
    const own = weights[at]
    if (own === undefined) continue
    for (const [place, token] of tokens.entries()) {
      const isLast = place === tokens.length - 1
      const { key, terms } = readWord(index, query, token, { analyzer: at, weights: own, isLast })
      if (terms === undefined) continue
      // Analyzers that part texts alike mean the same word by the same place.
      const word = aligned ? `${place} ${token}` : `${at} ${key}`
      merge(words, lists.length > 1 ? word : key, terms, at)
    }
  }
  return [...words.values()].filter(({ terms }) => terms.length > 0)
}

function merge(
  words: Map<string, { count: number; terms: WordTerm[]; from?: number }>,
  key: string,
  terms: WordTerm[],
  from: number,
): void {
  const known = words.get(key)
  if (known === undefined) words.set(key, { count: 1, terms, from })
  else if (known.from === from) known.count += 1
  else known.terms.push(...terms)
}

function isAligned(lists: readonly (readonly string[])[]): boolean {
  const used = lists.filter((list) => list.length > 0)
  return used.every((list) => list.length === used[0]?.length && list.every((token, at) => token === used[0]?.[at]))
}

/** By analyzer: how much an occurrence counts in each field; `undefined` for an analyzer of none of the query's fields. */
function weightsByAnalyzer(index: TextIndex, query: CheckedTextQuery): (Float64Array | undefined)[] {
  const weights: (Float64Array | undefined)[] = index.analyzers.map(() => undefined)
  for (const { field, weight } of query.fields) {
    const number = index.fields.indexOf(field)
    const own = (weights[index.analyzerOf[number] as number] ??= new Float64Array(1 << index.documents.fieldBits))
    own[number] = weight
  }
  return weights
}

interface WordPlace {
  readonly analyzer: number
  readonly weights: Float64Array
  readonly isLast: boolean
}

/** The terms that a token stands for; `undefined` for a word that is not missed. */
function readWord(
  index: TextIndex,
  { mode, distance, prefixLength }: CheckedTextQuery,
  token: string,
  { analyzer, weights, isLast }: WordPlace,
): { key: string; terms: WordTerm[] | undefined } {
  const words = index.words[analyzer] as TextIndex['words'][number]
  const term = index.analyzers[analyzer]?.term(token)
  if (mode === 'prefix' && isLast) {
    const near = words.beginningWith(token)
    const own = term === undefined ? undefined : index.vocabulary.numberOf(term)
    if (own !== undefined && !near.some((other) => other.term === own)) near.push({ term: own, similarity: 1 })
    // A beginning that no word has is still missed.
    const none = { term: term ?? token, number: undefined, weights, similarity: 1 }
    return { key: `${token}*`, terms: near.length === 0 ? [none] : near.map((one) => toTerm(index, one, weights)) }
  }
  if (term === undefined) return { key: token, terms: undefined }
  const number = index.vocabulary.numberOf(term)
  const exact: WordTerm = { term, number, weights, similarity: 1 }
  if (mode !== 'fuzzy') return { key: term, terms: [exact] }
  const most = distance ?? fuzzyDistance(words.fold(token))
  const near = most === 0 ? [] : words.near(token, most, prefixLength).filter((other) => other.term !== number)
  return { key: term, terms: [exact, ...near.map((other) => toTerm(index, other, weights))] }
}

function toTerm(
  index: TextIndex,
  { term, similarity }: { term: number; similarity: number },
  weights: Float64Array,
): WordTerm {
  return { term: index.vocabulary.term(term), number: term, weights, similarity }
}
