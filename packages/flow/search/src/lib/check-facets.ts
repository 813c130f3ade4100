import type { CheckedFacet, CheckedFacetRange } from './checked-request.ts'
import type { CheckedSchema, CheckedValueField } from './checked-schema.ts'
import { invalidQuery, readArray, readObject, readWhole } from './invalid-query.ts'
import { readField } from './read-field.ts'
import { readValue, valueForms } from './read-value.ts'
import type { FacetRange } from './search-request.ts'
import { SearchError } from './search-error.ts'

/** What to count, checked and complete. */
export function checkFacets(schema: CheckedSchema, facets: unknown): readonly CheckedFacet[] {
  if (facets === undefined) return []
  if (typeof facets !== 'object' || facets === null || Array.isArray(facets)) {
    throw invalidQuery('facets', 'an object such as { tag: { limit: 10 } }', facets)
  }
  return Object.entries(facets)
    .filter(([, facet]) => facet !== undefined)
    .map(([name, facet]) => checkFacet(schema, name, facet))
}

function checkFacet(schema: CheckedSchema, name: string, facet: unknown): CheckedFacet {
  const path = `facets.${name}`
  const field = readField(schema, path, name, ['keyword', 'number', 'date', 'boolean'])
  const given = readObject(path, facet, ['limit', 'ranges'], '{ limit: 10 } or { ranges: [{ to: 2000 }] }')
  if (given.ranges === undefined) {
    return { type: 'values', field, limit: readWhole(`${path}.limit`, given.limit, 1, 1000, 10) }
  }
  if (given.limit !== undefined || (field.type !== 'number' && field.type !== 'date')) {
    const why =
      given.limit === undefined ? `"${name}" is of type ${field.type}` : '"limit" belongs to a facet of values'
    throw new SearchError('invalid_query', `"${path}.ranges" is for number and date fields, without a limit: ${why}.`, {
      details: { path: `${path}.ranges` },
    })
  }
  const ranges = readArray(`${path}.ranges`, given.ranges, 1, 100)
  return { type: 'ranges', field, ranges: ranges.map((range, at) => checkRange(field, range, `${path}.ranges[${at}]`)) }
}

function checkRange(field: CheckedValueField, range: unknown, path: string): CheckedFacetRange {
  const given = readObject(path, range, ['from', 'to'], '{ from: 2000, to: 2010 }')
  const [from, to] = (['from', 'to'] as const).map((bound) => {
    if (given[bound] === undefined) return undefined
    const read = readValue(field.type, given[bound])
    if (typeof read !== 'number') throw invalidQuery(`${path}.${bound}`, valueForms[field.type], given[bound])
    return read
  })
  if (from === undefined && to === undefined) throw invalidQuery(path, 'an object with "from", "to" or both', range)
  return { from, to, given: { ...given } as FacetRange }
}
