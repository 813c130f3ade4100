import type { CheckedRequest, CheckedSort, SortValue } from '../checked-request.ts'
import { compareText } from '../compare-text.ts'
import type { Matches } from './matches.ts'
import type { MemoryStore } from './memory-store.ts'
import { TopHits } from './top-hits.ts'
import type { ValueColumn } from './value-column.ts'

/** One page of the documents that match. */
export interface Page {
  /** In their order. */
  readonly documents: readonly number[]
  readonly more: boolean
  /** What a document is sorted by, one value per key. */
  sortOf(document: number): SortValue[]
}

/** How one sort key orders documents, and what a cursor keeps of it. */
interface Key {
  compare(left: number, right: number): number
  /** Compares with a value that a cursor kept; the document may be gone. */
  compareWith(document: number, value: SortValue): number
  valueOf(document: number): SortValue
}

/** The page that a request asks for. */
export function sortPage(
  store: MemoryStore,
  { documents, scores }: Matches,
  { sort, limit, after }: Pick<CheckedRequest, 'sort' | 'limit' | 'after'>,
): Page {
  const scoreOf = (document: number): number =>
    scores === undefined
      ? 0
      : scores instanceof Float64Array
        ? (scores[document] as number)
        : (scores.get(document) ?? 0)
  const keys = sort.map((key) => (key.type === 'score' ? scoreKey(scoreOf) : fieldKey(store, key)))
  const compare = (left: number, right: number): number => {
    for (const key of keys) {
      const order = key.compare(left, right)
      if (order !== 0) return order
    }
    return store.compareIds(left, right)
  }
  const isBehind = (document: number): boolean => {
    if (after === undefined) return true
    for (const [at, key] of keys.entries()) {
      const order = key.compareWith(document, after.sort[at] ?? null)
      if (order !== 0) return order > 0
    }
    return compareText(store.documents.idOf(document) as string, after.id) > 0
  }
  const top = new TopHits(limit, compare)
  let behind = 0
  const isByScore = sort[0]?.type === 'score' && after === undefined
  for (const document of documents) {
    if (isByScore) {
      // Most documents are worse than the worst of the page: for them one comparison is enough.
      const { worst } = top
      if (worst !== undefined && scoreOf(document) < scoreOf(worst)) continue
    } else if (!isBehind(document)) continue
    else behind += 1
    top.offer(document)
  }
  const total = isByScore ? documents.length : behind
  const ranked = top.ranked()
  return {
    documents: ranked,
    more: total > ranked.length,
    sortOf: (document) => keys.map((key) => key.valueOf(document)),
  }
}

function scoreKey(scoreOf: (document: number) => number): Key {
  return {
    compare: (left, right) => scoreOf(right) - scoreOf(left),
    compareWith: (document, value) => (value as number) - scoreOf(document),
    valueOf: scoreOf,
  }
}

function fieldKey(store: MemoryStore, { field, order, missing }: Extract<CheckedSort, { type: 'field' }>): Key {
  const column = store.columns[field.position] as ValueColumn
  const sign = order === 'asc' ? 1 : -1
  const last = missing === 'last' ? 1 : -1
  const rawOf = (document: number): number | undefined => column.sortValue(document, order)
  return {
    compare(left, right) {
      const one = rawOf(left)
      const other = rawOf(right)
      if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? last : -last
      return sign * column.compare(one, other)
    },
    compareWith(document, value) {
      const own = rawOf(document)
      if (own === undefined || value === null)
        return own === undefined && value === null ? 0 : value === null ? -last : last
      const given = column.valueOf(own)
      if (typeof given === 'string') return sign * compareText(given, String(value))
      return sign * (Number(given) - Number(value))
    },
    valueOf(document) {
      const own = rawOf(document)
      return own === undefined ? null : column.valueOf(own)
    },
  }
}
