import type { CheckedFacet } from '../checked-request.ts'
import type { FacetBucket } from '../search-result.ts'
import type { MemoryStore } from './memory-store.ts'
import type { ValueColumn } from './value-column.ts'

/** The buckets of a facet over some documents. */
export function countFacet(store: MemoryStore, facet: CheckedFacet, documents: Uint32Array): FacetBucket[] {
  const column = store.columns[facet.field.position] as ValueColumn
  return facet.type === 'values'
    ? countValues(column, facet.limit, documents)
    : countRanges(column, facet.ranges, documents)
}

function countValues(column: ValueColumn, limit: number, documents: Uint32Array): FacetBucket[] {
  const counts = new Map<number, number>()
  /** By value: the document that was counted last. A value that the document has twice counts once. */
  const counted = new Map<number, number>()
  const { raw } = column
  for (const document of documents) {
    const start = column.start(document)
    const end = column.end(document)
    for (let at = start; at < end; at += 1) {
      const value = raw[at] as number
      if (end - start > 1) {
        if (counted.get(value) === document) continue
        counted.set(value, document)
      }
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  return Array.from(counts)
    .toSorted(([left, few], [right, many]) => many - few || column.compare(left, right))
    .slice(0, limit)
    .map(([value, count]) => ({ value: column.valueOf(value), count }))
}

function countRanges(
  column: ValueColumn,
  ranges: Extract<CheckedFacet, { type: 'ranges' }>['ranges'],
  documents: Uint32Array,
): FacetBucket[] {
  const { raw } = column
  return ranges.map(({ from = -Infinity, to = Infinity, given }) => {
    let count = 0
    for (const document of documents) {
      const end = column.end(document)
      for (let at = column.start(document); at < end; at += 1) {
        const value = raw[at] as number
        if (value < from || value >= to) continue
        count += 1
        break
      }
    }
    return { ...given, count }
  })
}
