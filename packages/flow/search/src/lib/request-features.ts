import type { CheckedFilter } from './checked-request.ts'
import type { UnembeddedQuery } from './check-query.ts'
import type { UnembeddedRequest } from './check-request.ts'
import type { SearchCapabilities } from './search-backend.ts'
import { SearchError } from './search-error.ts'
import type { SearchFeature } from './search-feature.ts'

/** Refuses a request that asks for what the backend does not have. */
export function checkFeatures(request: UnembeddedRequest, { backend, features }: SearchCapabilities): void {
  for (const feature of requestFeatures(request)) {
    if (features.includes(feature)) continue
    throw new SearchError(
      'unsupported',
      `The backend "${backend}" cannot do "${feature}", which the request asks for. Ask without it, or use another backend.`,
      { details: { feature, backend } },
    )
  }
}

/** The parts of the algebra that a request uses. */
function requestFeatures(request: UnembeddedRequest): ReadonlySet<SearchFeature> {
  const features = new Set<SearchFeature>()
  if (request.query !== undefined) addQuery(request.query, features)
  if (request.filter !== undefined) addFilter(request.filter, features)
  for (const { type } of request.facets) features.add(`facets.${type}`)
  if (request.highlight !== undefined) features.add('highlight')
  if (request.sort.some(({ type }) => type === 'field')) features.add('sort')
  if (request.cursor !== undefined) features.add('cursor')
  if (request.explain) features.add('explain')
  return features
}

function addQuery(query: UnembeddedQuery, features: Set<SearchFeature>): void {
  switch (query.type) {
    case 'text':
      features.add(`match.${query.mode}`)
      if (query.slop > 0) features.add('match.slop')
      if (query.fields.some(({ field, weight }) => field.weight !== weight)) features.add('match.fields')
      break
    case 'nearest':
      features.add(`nearest.${query.field.metric}`)
      break
    case 'hybrid':
      features.add('hybrid')
      for (const part of query.parts) addQuery(part.query, features)
      break
  }
}

/** Filters are at most 32 deep. */
function addFilter(filter: CheckedFilter, features: Set<SearchFeature>): void {
  if (filter.type === 'and' || filter.type === 'or') for (const part of filter.filters) addFilter(part, features)
  else if (filter.type === 'not') addFilter(filter.filter, features)
  else if (filter.type === 'words') features.add('filter.text')
  else if (filter.type === 'range' && filter.field.type === 'keyword') features.add('filter.keyword-range')
}
