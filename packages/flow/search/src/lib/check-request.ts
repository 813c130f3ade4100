import { checkFacets } from './check-facets.ts'
import { checkFilter } from './check-filter.ts'
import { checkHighlight } from './check-highlight.ts'
import { checkQuery, type UnembeddedQuery } from './check-query.ts'
import type { CheckedRequest } from './checked-request.ts'
import type { CheckedField, CheckedSchema } from './checked-schema.ts'
import { checkSort } from './check-sort.ts'
import { invalidQuery, readArray, readObject, readWhole } from './invalid-query.ts'
import { readField } from './read-field.ts'
import { SearchError } from './search-error.ts'

/** A request that is checked, but may have text to embed and a cursor to read. */
export interface UnembeddedRequest extends Omit<CheckedRequest, 'query' | 'after'> {
  readonly query: UnembeddedQuery | undefined
  readonly cursor: string | undefined
}

const keys = ['query', 'filter', 'facets', 'highlight', 'sort', 'limit', 'cursor', 'fields', 'explain'] as const

/** A request, checked. Throws `invalid_query` with the place of the fault, and `fingerprint_mismatch`. */
export function checkRequest(schema: CheckedSchema, request: unknown, embedder?: string): UnembeddedRequest {
  const given = readObject('request', request, keys, '{ query: { match: "words" } }')
  const query = given.query === undefined ? undefined : checkQuery(schema, given.query, embedder)
  if (given.cursor !== undefined && typeof given.cursor !== 'string') {
    throw invalidQuery('cursor', 'the cursor of a result', given.cursor)
  }
  if (given.explain !== undefined && typeof given.explain !== 'boolean') {
    throw invalidQuery('explain', 'true or false', given.explain)
  }
  return {
    query,
    filter: given.filter === undefined ? undefined : checkFilter(schema, given.filter),
    facets: checkFacets(schema, given.facets),
    highlight: checkHighlight(schema, given.highlight, query?.type === 'nearest' || query === undefined),
    sort: checkSort(schema, given.sort, query?.type),
    limit: readWhole('limit', given.limit, 0, 10_000, 10),
    cursor: given.cursor,
    fields: checkFields(schema, given.fields),
    explain: given.explain ?? false,
  }
}

const all = ['text', 'keyword', 'number', 'date', 'boolean', 'vector'] as const

function checkFields(schema: CheckedSchema, fields: unknown): readonly CheckedField[] {
  if (fields === undefined) return []
  const read = readArray('fields', fields, 0, 256).map((name, index) => {
    const path = `fields[${index}]`
    const field = readField(schema, path, name, all)
    if (field.stored) return field
    throw new SearchError('invalid_query', `"${path}" must be a stored field, and "${field.name}" is not stored.`, {
      details: { path },
    })
  })
  return [...new Set(read)]
}
