import { compileQuery } from './compile-query.ts'
import type { FakeIndex } from './fake-index.ts'
import { mappedField } from './index-mapping.ts'
import { illegalArgument, parsingFailure } from './opensearch-failure.ts'
import type { IndexedDocument } from './parse-document.ts'
import { readArray, readChoice, readEntry, readObject, readText, readWhole } from './read-object.ts'
import { compare } from './term-clauses.ts'

/** The aggregations of a search over the documents that it found: `terms`, and `filters` without names. */
export function aggregate(index: FakeIndex, given: unknown, documents: readonly IndexedDocument[]): object {
  return Object.fromEntries(
    Object.entries(readObject('aggs', given)).map(([name, value]) => {
      const [type, body] = readEntry(`aggs.${name}`, value)
      if (type === 'terms') return [name, countTerms(index, body, documents)]
      if (type === 'filters') return [name, countFilters(index, body, documents)]
      throw parsingFailure(`Unknown aggregation type [${type}]`)
    }),
  )
}

function countFilters(index: FakeIndex, body: unknown, documents: readonly IndexedDocument[]): object {
  const { filters } = readObject('filters', body, ['filters', 'other_bucket', 'other_bucket_key'])
  const buckets = readArray('filters.filters', filters).map((filter) => {
    const { match } = compileQuery(index, filter)
    return { doc_count: documents.filter((document) => match(document) !== undefined).length }
  })
  return { buckets }
}

function countTerms(index: FakeIndex, body: unknown, documents: readonly IndexedDocument[]): object {
  const given = readObject('terms', body, ['field', 'size', 'shard_size', 'order', 'min_doc_count', 'missing'])
  const path = readText('terms.field', given['field'])
  const size = readWhole('terms.size', given['size'] ?? 10, 1, 65_535)
  const { type } = mappedField(index.mapping, path)
  if (type === 'text' || type === 'knn_vector')
    throw illegalArgument(`Text fields are not optimised for aggregations: [${path}]`)
  const orders = readArray('terms.order', given['order'] ?? [{ _count: 'desc' }, { _key: 'asc' }]).map((order) => {
    const [key, direction] = readEntry('terms.order', order)
    readChoice('terms.order', key, ['_count', '_key'])
    readChoice('terms.order', direction, ['asc', 'desc'])
    return { key, sign: direction === 'asc' ? 1 : -1 }
  })
  const counts = new Map<string | number | boolean, number>()
  for (const { values } of documents) {
    for (const value of new Set(values.get(path))) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const sorted = [...counts].toSorted(([left, few], [right, many]) => {
    for (const { key, sign } of orders) {
      const order = key === '_count' ? few - many : compare(left, right)
      if (order !== 0) return sign * order
    }
    return 0
  })
  return {
    doc_count_error_upper_bound: 0,
    sum_other_doc_count: sorted.slice(size).reduce((sum, [, count]) => sum + count, 0),
    buckets: sorted.slice(0, size).map(([value, count]) => ({ ...describeKey(type, value), doc_count: count })),
  }
}

function describeKey(type: string, value: string | number | boolean): object {
  if (type === 'boolean') return { key: Number(value), key_as_string: String(value) }
  return { key: value }
}
