import { mappedField } from './index-mapping.ts'
import { illegalArgument, OpenSearchFailure } from './opensearch-failure.ts'
import type { IndexedDocument } from './parse-document.ts'
import type { Matcher, QueryContext } from './query-context.ts'
import { readArray, readEntry, readNumber, readObject, readWhole } from './read-object.ts'

/** The nearest vectors of those that the filter lets through. Equally near ones are chosen as no caller would. */
export function knnClause(context: QueryContext, place: string, value: unknown): Matcher {
  const [path, own] = readEntry(place, value)
  const given = readObject(`${place}.${path}`, own, ['vector', 'k', 'filter', 'boost', '_name'])
  const field = mappedField(context.index.mapping, path)
  if (field.type !== 'knn_vector') throw illegalArgument(`Field '${path}' is not knn_vector type.`)
  const k = readWhole('knn.k', given['k'], 1, 10_000)
  const vector = readArray('knn.vector', given['vector']).map((part) => readNumber('knn.vector', part, -3.5e38, 3.5e38))
  if (vector.length !== field.dimension) {
    const reason = `Query vector has invalid dimension: ${vector.length}. Dimension should be: ${field.dimension}`
    throw new OpenSearchFailure(400, 'illegal_argument_exception', reason)
  }
  const filter = given['filter'] === undefined ? undefined : context.compile('knn.filter', given['filter'])
  const compareWith = scorers[field.space]
  const candidates: [document: IndexedDocument, score: number][] = []
  for (const document of context.index.documents.values()) {
    const other = document.vectors.get(path)
    if (other === undefined || (filter !== undefined && filter(document) === undefined)) continue
    candidates.push([document, Math.fround(compareWith(vector, other))])
  }
  const nearest = candidates.toReversed().toSorted(([, left], [, right]) => right - left)
  const scores = new Map(nearest.slice(0, k))
  return (document) => scores.get(document)
}

const scorers = {
  cosinesimil: (left: readonly number[], right: readonly number[]) =>
    (1 + dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right))) / 2,
  innerproduct(left: readonly number[], right: readonly number[]) {
    const product = dot(left, right)
    return product > 0 ? product + 1 : 1 / (1 - product)
  },
} as const

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, part, at) => sum + part * (right[at] as number), 0)
}
