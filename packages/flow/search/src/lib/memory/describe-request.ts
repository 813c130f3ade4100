import type { CheckedFilter, CheckedRequest } from '../checked-request.ts'

/** The query as it ran here, in plain JSON, and the parts of its filter. */
export function describeRequest(
  { query, filter, sort }: CheckedRequest,
  isApproximate: boolean,
): { native: unknown; pushedDown: string[] } {
  const pushedDown: string[] = []
  const described = filter === undefined ? undefined : describeFilter(filter, pushedDown)
  const native = {
    scan: describeQuery(query, isApproximate),
    ...(described === undefined ? {} : { filter: described }),
    sort: sort.map((key) => (key.type === 'score' ? 'score' : `${key.field.name} ${key.order}`)),
  }
  return { native, pushedDown }
}

function describeQuery(query: CheckedRequest['query'], isApproximate: boolean): unknown {
  if (query === undefined) return { type: 'documents' }
  if (query.type === 'text') {
    const fields = Object.fromEntries(query.fields.map(({ field, weight }) => [field.name, weight]))
    return { type: 'postings', match: query.match, mode: query.mode, fields }
  }
  if (query.type === 'hybrid') return { type: 'fusion' }
  const { field, k } = query
  return { type: isApproximate ? 'graph' : 'vectors', field: field.name, metric: field.metric, k }
}

/** Filters are at most 32 deep. */
function describeFilter(filter: CheckedFilter, names: string[]): unknown {
  switch (filter.type) {
    case 'and':
    case 'or':
      return { [filter.type]: filter.filters.map((part) => describeFilter(part, names)) }
    case 'not':
      return { not: describeFilter(filter.filter, names) }
    case 'ids':
      names.push('ids')
      return { ids: filter.ids.length }
    case 'exists':
      names.push(`exists ${filter.field.name}`)
      return { exists: filter.field.name }
    case 'range':
      names.push(`range ${filter.field.name}`)
      return { range: { [filter.field.name]: filter.bounds } }
    case 'words':
      names.push(`words ${filter.field.name}`)
      return { words: { [filter.field.name]: filter.texts.slice(0, 100) } }
    case 'in':
      names.push(`in ${filter.field.name}`)
      return { in: { [filter.field.name]: filter.values.slice(0, 100) } }
  }
}
