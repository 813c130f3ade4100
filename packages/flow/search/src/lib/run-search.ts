import type { CheckedValue } from './checked-document.ts'
import type { CheckedQuery, CheckedRequest } from './checked-request.ts'
import type { CheckedField } from './checked-schema.ts'
import type { TextToEmbed, UnembeddedQuery } from './check-query.ts'
import type { UnembeddedRequest } from './check-request.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { IndexDefinition } from './define-index.ts'
import { embedTexts } from './embed-texts.ts'
import { highlightTexts } from './highlight-text.ts'
import type { FieldDefinitions } from './schema.ts'
import type { BackendHit, BackendResult, SearchBackend } from './search-backend.ts'
import { searchHybrid } from './search-hybrid.ts'
import type { FacetBucket, SearchHit, SearchResult } from './search-result.ts'

interface Run {
  readonly backend: SearchBackend
  readonly definition: IndexDefinition
  /** As it was given. */
  readonly request: unknown
  readonly checked: UnembeddedRequest
  readonly signal: AbortSignal | undefined
}

type Answer = Omit<BackendResult, 'explain'> & { readonly explains: readonly NonNullable<BackendResult['explain']>[] }

/** One search, from the checked request to the result. */
export async function runSearch<Fields extends FieldDefinitions>(run: Run): Promise<SearchResult<Fields>> {
  const { backend, request, checked, signal } = run
  const { cursor, ...rest } = checked
  const after = cursor === undefined ? undefined : readCursor(request, cursor, checked.sort.length)
  const query = checked.query === undefined ? undefined : await embedQuery(run, checked.query)
  const marks = backend.capabilities.highlight === 'stored' ? (checked.highlight?.fields ?? []) : []
  const complete: CheckedRequest = {
    ...rest,
    query,
    after,
    fields: [...new Set([...checked.fields, ...marks])],
    highlight: backend.capabilities.highlight === 'native' ? checked.highlight : undefined,
  }
  const answer = await ask(backend, complete, signal)
  const hits = answer.hits.map((hit) => toHit(hit, checked, complete.fields))
  const last = answer.hits.at(-1)
  return {
    hits,
    total: answer.total,
    facets: Object.fromEntries(
      checked.facets.map(({ field }, at) => [
        field.name,
        (answer.facets[at] ?? []).map((bucket) => toBucket(bucket, field)),
      ]),
    ),
    ...(answer.more && last !== undefined ? { cursor: writeCursor(request, last) } : {}),
    ...(checked.explain ? { explain: explainResult(backend, answer) } : {}),
  } as unknown as SearchResult<Fields>
}

async function ask(backend: SearchBackend, request: CheckedRequest, signal: AbortSignal | undefined): Promise<Answer> {
  const { query } = request
  if (query?.type === 'hybrid' && backend.capabilities.hybrid === 'fused') {
    return searchHybrid(backend, { ...request, query }, { signal })
  }
  const { explain, ...answer } = await backend.search(request, { signal })
  return { ...answer, explains: explain === undefined ? [] : [explain] }
}

async function embedQuery({ definition, signal }: Run, query: UnembeddedQuery): Promise<CheckedQuery> {
  const pending = (query.type === 'hybrid' ? query.parts.map((part) => part.query) : [query]).filter(hasText)
  if (pending.length === 0) return query as CheckedQuery
  const vectors = new Map<unknown, Float32Array>()
  for (const text of pending) {
    const [vector] = await embedTexts(definition, [text.text], { field: text.field, purpose: 'query', signal })
    vectors.set(text, vector as Float32Array)
  }
  const complete = <Single>(single: Single): Single => {
    const vector = vectors.get(single)
    return vector === undefined ? single : { ...single, vector }
  }
  const embedded =
    query.type === 'hybrid'
      ? { ...query, parts: query.parts.map((part) => ({ ...part, query: complete(part.query) })) }
      : complete(query)
  return embedded as CheckedQuery
}

function hasText(query: object): query is TextToEmbed {
  return 'text' in query
}

function toHit(
  hit: BackendHit,
  { fields, highlight, explain }: UnembeddedRequest,
  given: readonly CheckedField[],
): unknown {
  const { id, score, coverage, terms, values } = hit
  const byField = new Map(given.map((field, at) => [field, values[at] ?? []]))
  const marked = hit.highlights ?? (highlight === undefined ? {} : markHit(hit, highlight, byField))
  return {
    id,
    score,
    ...(coverage === undefined ? {} : { coverage }),
    ...(terms === undefined ? {} : { terms }),
    fields: Object.fromEntries(
      fields.flatMap((field) => {
        const own = (byField.get(field) ?? []).map((value) => toOutput(field, value))
        return own.length === 0 ? [] : [[field.name, own.length === 1 ? own[0] : own]]
      }),
    ),
    highlights: marked,
    ...(explain && hit.explain !== undefined ? { explain: hit.explain } : {}),
  } satisfies { [Key in keyof SearchHit]?: unknown }
}

function markHit(
  { terms = [] }: BackendHit,
  highlight: NonNullable<UnembeddedRequest['highlight']>,
  values: ReadonlyMap<CheckedField, readonly CheckedValue[]>,
): { readonly [field: string]: readonly string[] } {
  const wanted = new Set(terms)
  return Object.fromEntries(
    highlight.fields.flatMap((field) => {
      const texts = (values.get(field) ?? []) as readonly string[]
      const fragments = highlightTexts(texts, field.analyzer, wanted, highlight)
      return fragments.length === 0 ? [] : [[field.name, fragments]]
    }),
  )
}

function toOutput(field: CheckedField, value: CheckedValue): unknown {
  if (field.type === 'date') return new Date(value as number).toISOString()
  return value instanceof Float32Array ? Array.from(value) : value
}

function toBucket(bucket: FacetBucket, field: CheckedField): FacetBucket {
  if (field.type !== 'date' || bucket.value === undefined) return bucket
  return { ...bucket, value: new Date(bucket.value as number).toISOString() }
}

function explainResult({ capabilities }: SearchBackend, { explains }: Answer): SearchResult['explain'] {
  const visited = explains.map((part) => part.visited).filter((count) => count !== undefined)
  return {
    backend: capabilities.backend,
    native: explains.map(({ native }) => native),
    pushedDown: [...new Set(explains.flatMap(({ pushedDown }) => pushedDown))],
    ...(visited.length === 0 ? {} : { visited: visited.reduce((sum, count) => sum + count, 0) }),
  }
}
