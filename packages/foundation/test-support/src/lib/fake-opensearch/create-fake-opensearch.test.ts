import { afterEach, describe, expect, it } from 'vitest'
import type { FakeScript } from '../fake-server/create-script.ts'
import type { FakeStep } from '../fake-server/fake-step.ts'
import { createFakeOpenSearch, type FakeOpenSearch, type FakeOpenSearchOptions } from './create-fake-opensearch.ts'

const body = {
  settings: {
    index: {
      knn: true,
      'knn.derived_source.enabled': false,
      analysis: {
        tokenizer: { lines: { type: 'char_group', tokenize_on_chars: [' '] } },
        filter: { stops: { type: 'stop', stopwords: ['the'] } },
        analyzer: { words: { type: 'custom', tokenizer: 'lines', filter: ['stops'] } },
      },
    },
  },
  mappings: {
    dynamic: 'strict',
    _source: { excludes: ['more.secret'] },
    properties: {
      text: { type: 'text', analyzer: 'words' },
      tag: { type: 'keyword' },
      v: { type: 'knn_vector', dimension: 2, method: { name: 'hnsw', space_type: 'innerproduct', engine: 'lucene' } },
      more: { properties: { year: { type: 'double' }, secret: { type: 'keyword' } } },
    },
  },
}

const manyTags = Array.from({ length: 15 }, (_, at) => `${at}`)

let server: FakeOpenSearch | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

interface Item {
  readonly _id: string
  readonly status: number
  readonly error?: { readonly type: string }
}

interface Hit {
  readonly _id: string
  readonly _score: number | null
  readonly _explanation?: { readonly value: number }
  readonly matched_queries?: readonly string[]
}

/** What the answers of all calls have, each some of it. */
interface Body {
  readonly status: number
  readonly error: { readonly type: string; readonly reason: string }
  readonly errors: boolean
  readonly items: readonly { readonly index: Item }[]
  readonly hits: { readonly total: object; readonly hits: readonly Hit[] }
  readonly aggregations: Readonly<Record<string, { readonly buckets: readonly object[] }>>
}

interface Answer {
  readonly status: number
  readonly body: Body
}

async function start(options: FakeOpenSearchOptions = {}, script?: FakeScript<FakeStep>) {
  server = await createFakeOpenSearch(script, options)
  const { url } = server
  async function call(method: string, path: string, given?: unknown, type = 'application/json'): Promise<Answer> {
    const text = given === undefined ? null : typeof given === 'string' ? given : JSON.stringify(given)
    const response = await fetch(`${url}${path}`, { method, body: text, headers: { 'content-type': type } })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const bulk = (...lines: object[]): Promise<Answer> =>
    call('POST', '/docs/_bulk', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, 'application/x-ndjson')
  const search = (query: object, more: object = {}): Promise<Answer> =>
    call('POST', '/docs/_search', { query, ...more })
  await call('PUT', '/docs', body)
  return { server, call, bulk, search }
}

async function startFull() {
  const made = await start()
  await made.bulk(
    { index: { _id: 'a' } },
    { text: ['the quick fox', 'jumps'], tag: ['x', 'y'], v: [1, 0], more: { year: 1, secret: 's' } },
    { index: { _id: 'b' } },
    { text: 'quick quick the fox', tag: 'x', v: [0, 2], more: { year: [5, 7] } },
    { index: { _id: 'c' } },
    { text: 'dog' },
  )
  await made.call('POST', '/docs/_refresh')
  return made
}

function idsOf({ body: answer }: Answer): string[] {
  return answer.hits.hits.map(({ _id: id }) => id)
}

describe('createFakeOpenSearch', () => {
  it('keeps vectors as they are only where it is told to', async () => {
    const settings = { index: { knn: true, analysis: body.settings.index.analysis } }
    const told = { ...body, settings: { index: { ...settings.index, 'knn.derived_source.enabled': false } } }
    const { call } = await start()
    expect((await call('PUT', '/vague', { ...body, settings })).body.error.reason).toBe(
      'vectors would be given back changed: say [index.knn.derived_source.enabled]',
    )
    await server?.close()
    const old = await start({ version: '2.19.5' })
    expect((await old.call('PUT', '/vague', { ...body, settings })).status).toBe(200)
    expect((await old.call('PUT', '/told', told)).body.error.reason).toBe(
      '[settings.index] unknown field [knn.derived_source.enabled]',
    )
  })

  it('finds documents from the next refresh on', async () => {
    const { call, bulk } = await start()
    const written = await bulk({ index: { _id: 'a' } }, { tag: 'x' }, { delete: { _id: 'z' } })
    expect(written.body).toEqual({
      took: 1,
      errors: false,
      items: [
        { index: { _index: 'docs', _id: 'a', status: 201, result: 'created' } },
        { delete: { _index: 'docs', _id: 'z', status: 404, result: 'not_found' } },
      ],
    })
    expect((await call('GET', '/docs/_count')).body).toEqual({ count: 0 })
    await call('POST', '/docs/_refresh')
    expect((await call('GET', '/docs/_count')).body).toEqual({ count: 1 })
  })

  it('refuses single documents of a bulk, and takes the others', async () => {
    const { bulk } = await start({
      refuse: ({ id }) =>
        id === 'full' ? { status: 429, type: 'rejected_execution_exception', reason: 'full' } : undefined,
    })
    const { status, body: answer } = await bulk(
      { index: { _id: 'full' } },
      {},
      { index: { _id: 'strict' } },
      { tags: 'x' },
      { index: { _id: 'type' } },
      { more: { year: '5' } },
      { index: { _id: 'fine' } },
      {},
    )
    expect([status, answer.errors]).toEqual([200, true])
    expect(answer.items.map(({ index: { _id: id, status: own, error } }) => [id, own, error?.type])).toEqual([
      ['full', 429, 'rejected_execution_exception'],
      ['strict', 400, 'strict_dynamic_mapping_exception'],
      ['type', 400, 'mapper_parsing_exception'],
      ['fine', 201, undefined],
    ])
  })

  it.each([
    ['any of the words', { multi_match: { query: 'fox jumps', type: 'cross_fields', fields: ['text'] } }, ['a', 'b']],
    ['a phrase', { match_phrase: { text: { query: 'quick fox' } } }, ['a']],
    ['a phrase with a hole', { match_phrase: { text: { query: 'quick the fox' } } }, ['b']],
    ['no phrase across values', { match_phrase: { text: { query: 'fox jumps' } } }, []],
    [
      'words in their order',
      { intervals: { text: { match: { query: 'quick fox', max_gaps: 1, ordered: true } } } },
      ['a', 'b'],
    ],
    ['a beginning', { prefix: { text: { value: 'ju' } } }, ['a']],
    ['a near spelling', { fuzzy: { text: { value: 'qiuck', fuzziness: 1 } } }, ['a', 'b']],
    ['a value', { term: { tag: { value: 'y' } } }, ['a']],
    ['one of some values', { terms: { 'more.year': [1, 7] } }, ['a', 'b']],
    ['a range, by one and the same value', { range: { 'more.year': { gt: 5, lt: 7 } } }, []],
    ['what a filter finds, all alike', { constant_score: { filter: { term: { tag: { value: 'y' } } } } }, ['a']],
    ['ids', { ids: { values: ['c', 'z'] } }, ['c']],
    ['the nearest', { knn: { v: { vector: [1, 1], k: 1 } } }, ['b']],
    [
      'the nearest of those that a filter lets through',
      { knn: { v: { vector: [1, 1], k: 1, filter: { ids: { values: ['a'] } } } } },
      ['a'],
    ],
    [
      'all of some, but not others',
      { bool: { must: [{ term: { tag: { value: 'x' } } }], must_not: [{ ids: { values: ['a'] } }] } },
      ['b'],
    ],
  ])('finds %s', async (_name, query, ids) => {
    const { search } = await startFull()
    expect(idsOf(await search(query)).toSorted()).toEqual(ids)
  })

  it('ranks by BM25, tells names of clauses, and scores nothing that is filtered out', async () => {
    const { search, server: own } = await startFull()
    const words = { multi_match: { query: 'quick', type: 'cross_fields', fields: ['text'], _name: 'q' } }
    const all = await search({ bool: { should: [words, { match_all: {} }] } }, { explain: true })
    expect(idsOf(all)).toEqual(['b', 'a', 'c'])
    expect(all.body.hits.hits.map((hit) => hit.matched_queries)).toEqual([['q'], ['q'], undefined])
    const [{ _score: score, _explanation: explanation }] = all.body.hits.hits as [Hit]
    expect(explanation?.value).toBe(score)
    await search({ bool: { must: [words], filter: [{ ids: { values: ['a'] } }] } })
    expect(own.scored).toBe(1)
  })

  it('sorts, goes on behind a hit, and gives parts of the source', async () => {
    const { search } = await startFull()
    const sort = [{ 'more.year': { order: 'desc', mode: 'max', missing: 0 } }]
    const first = await search({ match_all: {} }, { sort, size: 1, _source: ['more.year', 'more.secret'] })
    expect(first.body.hits.hits).toEqual([
      { _index: 'docs', _id: 'b', _score: null, _source: { more: { year: [5, 7] } }, sort: [7] },
    ])
    expect(idsOf(await search({ match_all: {} }, { sort, search_after: [7], _source: false }))).toEqual(['a', 'c'])
  })

  it('counts over all that it found', async () => {
    const { search } = await startFull()
    const aggs = {
      tags: { terms: { field: 'tag', size: 1, order: [{ _count: 'desc' }, { _key: 'asc' }] } },
      years: { filters: { filters: [{ range: { 'more.year': { gte: 5 } } }] } },
    }
    const { body: answer } = await search({ match_all: {} }, { aggs, size: 0 })
    expect(answer.hits.total).toEqual({ value: 3, relation: 'eq' })
    expect(answer.aggregations['tags']?.buckets).toEqual([{ key: 'x', doc_count: 2 }])
    expect(answer.aggregations['years']?.buckets).toEqual([{ doc_count: 1 }])
  })

  it('tells in how many documents the terms of a text are', async () => {
    const { call } = await startFull()
    const given = { doc: { text: 'fox cat' }, fields: ['text', 'tag'], term_statistics: true, positions: false }
    expect((await call('POST', '/docs/_termvectors', given)).body).toMatchObject({
      term_vectors: {
        text: {
          field_statistics: { doc_count: 3 },
          terms: { fox: { doc_freq: 2, term_freq: 1 }, cat: { term_freq: 1 } },
        },
      },
    })
  })

  it('refuses single documents of a deletion by a query, and answers with the status of one', async () => {
    const full = { status: 429, type: 'rejected_execution_exception', reason: 'full' }
    const {
      call,
      bulk,
      server: own,
    } = await start({ refuse: ({ action, id }) => (action === 'delete' && id === 'a' ? full : undefined) })
    await bulk({ index: { _id: 'a' } }, {}, { index: { _id: 'b' } }, {})
    await call('POST', '/docs/_refresh')
    const { status, body: answer } = await call('POST', '/docs/_delete_by_query?refresh=true', {
      query: { match_all: {} },
    })
    expect(own.requests.at(-1)?.path).toBe('/docs/_delete_by_query')
    expect([status, answer]).toMatchObject([
      429,
      { total: 2, deleted: 1, version_conflicts: 0, failures: [{ id: 'a', status: 429, cause: { reason: 'full' } }] },
    ])
  })

  it('moves aliases in one step, or not at all', async () => {
    const { call } = await startFull()
    await call('PUT', '/new', body)
    const add = { add: { index: 'docs', alias: 'all' } }
    expect((await call('POST', '/_aliases', { actions: [add, { add: { index: 'none', alias: 'all' } }] })).status).toBe(
      404,
    )
    expect((await call('GET', '/_alias/all')).status).toBe(404)
    await call('POST', '/_aliases', { actions: [add] })
    expect((await call('GET', '/all/_count')).body).toEqual({ count: 3 })
    await call('POST', '/_aliases', {
      actions: [{ remove_index: { index: 'docs' } }, { add: { index: 'new', alias: 'all' } }],
    })
    expect((await call('GET', '/all/_count')).body).toEqual({ count: 0 })
    expect((await call('GET', '/docs')).body.error.type).toBe('index_not_found_exception')
  })

  it.each([
    [{ querry: {} }, '[search] unknown field [querry]'],
    [{ query: { matches: {} } }, 'unknown query [matches]'],
    [{ query: { term: { tag: { value: 'x', fuzzy: 1 } } } }, '[term.tag] unknown field [fuzzy]'],
    [{ query: { term: { tags: { value: 'x' } } } }, 'there is no field [tags] in the mapping'],
    [{ query: { term: { tag: { value: 5 } } } }, 'failed to create query for field [tag] of type [keyword]'],
    [{ query: { bool: { filters: [] } } }, '[bool] unknown field [filters]'],
    [{ query: { knn: { v: { vector: [1], k: 1 } } } }, 'Query vector has invalid dimension: 1. Dimension should be: 2'],
    [{ query: { knn: { v: { vector: [1, 2], k: 10_001 } } } }, '[knn.k] must be a number from 1 to 10000, found 10001'],
    [
      { query: { fuzzy: { text: { value: 'a', fuzziness: 3 } } } },
      '[fuzzy.fuzziness] must be a number from 0 to 2, found 3',
    ],
    [
      { query: { fuzzy: { text: { value: 'z'.repeat(221), fuzziness: 0 } } } },
      `Term too complex: ${'z'.repeat(221)}`,
      500,
    ],
    [
      { query: { bool: { should: Array.from({ length: 513 }, () => ({ range: { 'more.year': { gt: 1 } } })) } } },
      'maxClauseCount is set to 1024',
    ],
    [
      {
        query: {
          bool: { filter: [{ bool: { filter: [{ term: { tag: { value: 'x' } } }] } }, { terms: { tag: manyTags } }] },
        },
      },
      'the clauses of [tag] in [bool.filter] would become one: put them into [constant_score]',
    ],
    [
      { query: { bool: { must_not: [{ terms: { 'more.year': [1, 2, 3] } }] } } },
      'the clause of [more.year] in [bool.must_not] would change: put it into [constant_score]',
    ],
    [
      { query: { bool: { should: Array.from({ length: 1025 }, () => ({ ids: { values: [] } })) } } },
      'maxClauseCount is set to 1024',
    ],
    [
      { size: 10_001 },
      'Result window is too large, from + size must be less than or equal to: [10000] but was [10001].',
    ],
    [
      { sort: [{ text: { order: 'asc' } }] },
      'text fields are not optimised for operations that require per-document field data like sorting',
    ],
    [{ sort: [{ tag: { order: 'down' } }] }, '[sort.order] must be one of ["asc","desc"], found "down"'],
    [{ aggs: { a: { sum: { field: 'more.year' } } } }, 'Unknown aggregation type [sum]'],
    [{ search_after: [1, 2] }, 'search_after has 2 value(s) but sort has 1.'],
    [{ search_after: [null] }, "Can't handle search_after field value of type [null]"],
  ])('refuses the search %j', async (given, reason, code = 400) => {
    const { call } = await startFull()
    const { status, body: answer } = await call('POST', '/docs/_search', given)
    expect([status, answer.status, answer.error.reason]).toEqual([code, code, reason])
  })

  it.each([
    ['POST', '/docs/_search?timeout=1s', 400, 'request [/docs/_search] contains unrecognized parameter: [timeout]'],
    ['POST', '/docs/_msearch', 400, 'no handler found for uri [/docs/_msearch] and method [POST]'],
    ['POST', '/none/_search', 404, 'no such index [none]'],
    ['PUT', '/docs', 400, 'index [docs] already exists'],
    ['PUT', '/Docs', 400, 'Invalid index name [Docs]'],
  ])('refuses %s %s', async (method, path, status, reason) => {
    const { call } = await start()
    const answer = await call(method, path, {})
    expect([answer.status, answer.body.error.reason]).toEqual([status, reason])
  })

  it('refuses a bulk that is none', async () => {
    const { call } = await start()
    const send = async (text: string, type?: string): Promise<string> =>
      (await call('POST', '/docs/_bulk', text, type)).body.error.reason
    expect(await send('{"delete":{"_id":"a"}}', 'application/x-ndjson')).toContain('terminated by a newline')
    expect(await send('{"update":{"_id":"a"}}\n', 'application/x-ndjson')).toContain(
      'Malformed action/metadata line [1]',
    )
    expect(await send('{"delete":{"_id":"a"}}\n', 'text/plain')).toContain('Content-Type header [text/plain]')
  })

  it('makes no index for a bulk, and refuses one that requires an alias where there is none', async () => {
    const { server: made, call } = await start()
    const lines = '{"index":{"_id":"a"}}\n{"tag":"x"}\n'
    const send = (path: string) => call('POST', path, lines, 'application/x-ndjson')
    expect((await send('/none/_bulk')).body.error.reason).toBe(
      'the bulk would make the index [none] and guess its mapping: say [require_alias]',
    )
    for (const name of ['none', 'docs']) {
      const reason = `no such index [${name}] and [require_alias] request flag is [true] and [${name}] is not an alias`
      const error = { type: 'index_not_found_exception', reason }
      const { body: answer } = await send(`/${name}/_bulk?require_alias=true`)
      expect(answer).toEqual({
        took: 1,
        errors: true,
        items: [{ index: { _index: name, _id: 'a', status: 404, error } }],
      })
    }
    await call('PUT', '/more', { ...body, aliases: { other: {} } })
    expect((await send('/other/_bulk?require_alias=true')).body).toMatchObject({
      errors: false,
      items: [{ index: { _index: 'more', status: 201 } }],
    })
    expect(
      (await call('PUT', '/last', { aliases: { docs: {} }, mappings: body.mappings, settings: body.settings })).status,
    ).toBe(400)
    expect(made.requests.at(-1)?.path).toBe('/last')
  })

  it('refuses what is longer than it takes, without a word', async () => {
    const { server: made } = await start({ mostBytes: 1000 })
    const answer = await fetch(`${made.url}/docs/_bulk`, { method: 'POST', body: 'é'.repeat(501) })
    expect([answer.status, await answer.text()]).toEqual([413, ''])
  })

  it.each([
    [{ mappings: { properties: {} } }, '[mappings.dynamic] must be one of ["strict"], found undefined'],
    [
      { mappings: { dynamic: 'strict', properties: { a: { type: 'string' } } } },
      'No handler for type [string] declared on field [a]',
    ],
    [
      { mappings: { dynamic: 'strict', properties: { a: body.mappings.properties.v } } },
      'No handler for type [knn_vector] declared on field [a]',
    ],
    [
      { mappings: { dynamic: 'strict', properties: { a: { type: 'keyword', ignore: 5 } } } },
      '[a] unknown field [ignore]',
    ],
    [
      { mappings: { dynamic: 'strict', properties: { 'a.b': { type: 'keyword' } } } },
      'field name [a.b] is not allowed',
    ],
  ])('refuses the index %j', async (given, reason) => {
    const { call } = await start()
    expect((await call('PUT', '/other', given)).body.error.reason).toBe(reason)
  })

  it('lets only its user in, and fails by script in the words of OpenSearch', async () => {
    const made = await start({ auth: { username: 'admin', password: 'secret' } })
    expect((await made.call('GET', '/')).body.error.type).toBe('security_exception')
    await made.server.close()
    const { call } = await start({}, ({ method }) =>
      method === 'GET' ? { fault: { type: 'status', status: 429, message: 'full' } } : undefined,
    )
    const error = { type: 'rejected_execution_exception', reason: 'full' }
    expect((await call('GET', '/')).body).toEqual({ error: { root_cause: [error], ...error }, status: 429 })
  })
})
