import type { CheckedSort } from './checked-request.ts'
import type { CheckedSchema } from './checked-schema.ts'
import { readArray, readChoice, readObject } from './invalid-query.ts'
import { readField } from './read-field.ts'
import { SearchError } from './search-error.ts'

/** The keys to sort by, complete. */
export function checkSort(
  schema: CheckedSchema,
  sort: unknown,
  query: 'text' | 'nearest' | 'hybrid' | undefined,
): readonly CheckedSort[] {
  if (sort === undefined) return query === undefined ? [] : [{ type: 'score' }]
  const keys = readArray('sort', sort, 0, 8).map((key, index): CheckedSort => {
    const path = `sort[${index}]`
    if (key === 'score') return { type: 'score' }
    if (query === 'hybrid') {
      throw new SearchError(
        'invalid_query',
        `"${path}" must be "score": the hits of a hybrid query are in their fused order.`,
        {
          details: { path },
        },
      )
    }
    const given = readObject(path, key, ['field', 'order', 'missing'], '{ field: "year", order: "desc" } or "score"')
    return {
      type: 'field',
      field: readField(schema, `${path}.field`, given.field, ['keyword', 'number', 'date', 'boolean']),
      order: readChoice(`${path}.order`, given.order, ['asc', 'desc'], 'asc'),
      missing: readChoice(`${path}.missing`, given.missing, ['first', 'last'], 'last'),
    }
  })
  if (query === undefined) return keys.filter(({ type }) => type === 'field')
  return keys.length === 0 || query === 'hybrid' ? [{ type: 'score' }] : keys
}
