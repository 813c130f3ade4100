import type { CheckedTextQuery } from '../checked-request.ts'
import { fuzzyDistance } from '../fuzzy-distance.ts'
import { type QueryWordForm, readQueryWords } from '../query-words.ts'
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
export interface IndexWord {
  /** How often the query has it. */
  readonly count: number
  readonly terms: readonly WordTerm[]
}

/** The distinct words of a query in its order, with the terms that they stand for. */
export function lookUpWords(index: TextIndex, query: CheckedTextQuery): IndexWord[] {
  return readQueryWords(query).map(({ count, forms, isBeginning }) => ({
    count,
    terms: mergeTerms(forms.map((form) => lookUpForm(index, query, form, isBeginning))),
  }))
}

/** A term that several analyzers give is one: in the fields of all of them. */
function mergeTerms(lists: readonly (readonly WordTerm[])[]): readonly WordTerm[] {
  if (lists.length === 1) return lists[0] as readonly WordTerm[]
  const merged = new Map<string, WordTerm>()
  for (const own of lists.flat()) {
    const key = `${own.similarity} ${own.term}`
    const known = merged.get(key)
    const weights = known?.weights.map((weight, field) => weight + (own.weights[field] as number)) ?? own.weights
    merged.set(key, { ...own, weights })
  }
  return [...merged.values()]
}

/** The terms that a form of a word stands for. */
function lookUpForm(
  index: TextIndex,
  { mode, distance, prefixLength }: CheckedTextQuery,
  { analyzer, fields, token, term }: QueryWordForm,
  isBeginning: boolean,
): WordTerm[] {
  const words = index.words[index.analyzers.indexOf(analyzer)] as TextIndex['words'][number]
  const weights = new Float64Array(1 << index.documents.fieldBits)
  for (const { field, weight } of fields) weights[index.fields.indexOf(field)] = weight
  const number = term === undefined ? undefined : index.vocabulary.numberOf(term)
  if (isBeginning) {
    const near = words.beginningWith(token)
    if (number !== undefined && !near.some((other) => other.term === number)) near.push({ term: number, similarity: 1 })
    // A beginning that no word has is still missed.
    if (near.length === 0) return [{ term: term ?? token, number: undefined, weights, similarity: 1 }]
    return near.map((one) => toTerm(index, one, weights))
  }
  const exact: WordTerm = { term: term as string, number, weights, similarity: 1 }
  if (mode !== 'fuzzy') return [exact]
  const most = distance ?? fuzzyDistance(words.fold(token))
  const near = most === 0 ? [] : words.near(token, most, prefixLength).filter((other) => other.term !== number)
  return [exact, ...near.map((other) => toTerm(index, other, weights))]
}

function toTerm(
  index: TextIndex,
  { term, similarity }: { term: number; similarity: number },
  weights: Float64Array,
): WordTerm {
  return { term: index.vocabulary.term(term), number: term, weights, similarity }
}
