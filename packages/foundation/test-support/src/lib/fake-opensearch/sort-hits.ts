import type { FakeIndex } from './fake-index.ts'
import { mappedField } from './index-mapping.ts'
import { illegalArgument, parsingFailure } from './opensearch-failure.ts'
import type { IndexedDocument } from './parse-document.ts'
import { readArray, readChoice, readEntry, readObject } from './read-object.ts'
import { compare } from './term-clauses.ts'

/** A document that was found. */
export interface Found {
  readonly document: IndexedDocument
  readonly score: number
}

type SortValue = string | number

/** A sort: the values of a hit, and the order of two lists of values. */
export interface HitSort {
  valuesOf(found: Found): SortValue[]
  compare(left: readonly SortValue[], right: readonly SortValue[]): number
  readonly hasScore: boolean
}

/** A sort key as OpenSearch takes it; fields must say what stands for a missing value. */
export function readSort(index: FakeIndex, given: unknown): HitSort {
  const keys = readArray('sort', given ?? [{ _score: { order: 'desc' } }]).map((key) => readKey(index, key))
  return {
    valuesOf: (found) => keys.map((key) => key.valueOf(found)),
    compare(left, right) {
      for (const [at, { sign }] of keys.entries()) {
        const order = compare(left[at] as SortValue, right[at] as SortValue)
        if (order !== 0) return sign * order
      }
      return 0
    },
    hasScore: keys.some(({ path }) => path === '_score'),
  }
}

interface Key {
  readonly path: string
  readonly sign: 1 | -1
  valueOf(found: Found): SortValue
}

function readKey(index: FakeIndex, key: unknown): Key {
  const [path, own] = readEntry('sort', key)
  const { order, mode = 'min', missing } = readObject(`sort.${path}`, own, ['order', 'mode', 'missing'])
  readChoice('sort.order', order, ['asc', 'desc'])
  readChoice('sort.mode', mode, ['min', 'max'])
  const sign = order === 'asc' ? 1 : -1
  if (path === '_score') return { path, sign, valueOf: ({ score }) => score }
  const { type } = mappedField(index.mapping, path)
  if (type === 'text' || type === 'knn_vector' || type === 'disabled') {
    throw illegalArgument(
      `${type} fields are not optimised for operations that require per-document field data like sorting`,
    )
  }
  const isFit = missing === undefined || (type === 'keyword') === (typeof missing === 'string')
  if (!isFit) throw illegalArgument(`[missing] of [${path}] must be of its type, found ${JSON.stringify(missing)}`)
  return {
    path,
    sign,
    valueOf({ document }) {
      const values = document.values.get(path) ?? []
      if (values.length === 0) {
        if (missing === undefined) throw parsingFailure(`a document has no [${path}]: say what stands for it`)
        return missing as SortValue
      }
      const sorted = values.toSorted(compare)
      const value = sorted.at(mode === 'min' ? 0 : -1) as SortValue | boolean
      // Doc values of booleans are numbers.
      return typeof value === 'boolean' ? Number(value) : value
    },
  }
}

/** The values of `search_after`, of the types that the sort has. */
export function readAfter(given: unknown, length: number): SortValue[] {
  const values = readArray('search_after', given)
  if (values.length !== length) {
    throw illegalArgument(`search_after has ${values.length} value(s) but sort has ${length}.`)
  }
  return values.map((value) => {
    if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return value
    throw illegalArgument(`Can't handle search_after field value of type [${JSON.stringify(value)}]`)
  })
}
