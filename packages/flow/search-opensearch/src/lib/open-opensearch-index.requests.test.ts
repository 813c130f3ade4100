import type { SearchIndex } from '@empire/search'
import { createFakeOpenSearch, type FakeOpenSearch } from '@empire/test-support/fake-opensearch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'

const fields = {
  title: { type: 'text', weight: 2 },
  text: { type: 'text' },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  at: { type: 'date', stored: false },
  ok: { type: 'boolean' },
  v: { type: 'vector', dimensions: 2 },
  product: { type: 'vector', dimensions: 2, metric: 'dot' },
} as const

let server: FakeOpenSearch
let index: SearchIndex<typeof fields>

beforeEach(async () => {
  server = await createFakeOpenSearch()
  index = await openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url } })
})
afterEach(async () => {
  await index.close()
  await server.close()
})

/** The body of the last search. */
function lastSearch(): Record<string, unknown> {
  const request = server.requests.findLast(({ path }) => path === '/docs/_search')
  return request?.json as Record<string, unknown>
}

/** A word of a query, in both fields. */
function clause(query: string): object {
  return {
    multi_match: {
      query,
      type: 'cross_fields',
      fields: ['terms.title^2', 'terms.text'],
      tie_breaker: 0.3,
      _name: query,
    },
  }
}

describe('what an index asks of OpenSearch', () => {
  it('makes the index from the schema', () => {
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /docs', 'GET /', 'PUT /docs'])
    const words = { type: 'text', analyzer: 'empire_words', index_options: 'docs', norms: false }
    const terms = { type: 'text', analyzer: 'empire_terms', position_increment_gap: 1000 }
    const method = { name: 'hnsw', engine: 'lucene' }
    expect(server.requests[2]?.json).toEqual({
      settings: {
        index: {
          number_of_shards: 1,
          number_of_replicas: 1,
          max_result_window: 10_001,
          knn: true,
          'knn.derived_source.enabled': false,
          analysis: {
            tokenizer: { empire_lines: { type: 'char_group', tokenize_on_chars: ['\n'], max_token_length: 32_766 } },
            filter: { empire_holes: { type: 'stop', stopwords: ['\u0001'] } },
            analyzer: {
              empire_terms: { type: 'custom', tokenizer: 'empire_lines', filter: ['empire_holes'] },
              empire_words: { type: 'custom', tokenizer: 'empire_lines' },
            },
          },
        },
      },
      aliases: { 'docs.writes': {} },
      mappings: {
        dynamic: 'strict',
        _meta: { empire: { layout: 4, manifest: JSON.parse(JSON.stringify(index.manifest)) } },
        _source: { excludes: ['terms', 'words', 'every', 'absent', 'has', 'values.at', 'values.v', 'values.product'] },
        properties: {
          id: { type: 'keyword' },
          has: { type: 'keyword' },
          texts: { type: 'object', enabled: false },
          values: {
            properties: {
              tag: { type: 'keyword' },
              year: { type: 'double' },
              at: { type: 'long' },
              ok: { type: 'boolean' },
              v: { type: 'knn_vector', dimension: 2, method: { ...method, space_type: 'cosinesimil' } },
              product: { type: 'knn_vector', dimension: 2, method: { ...method, space_type: 'innerproduct' } },
            },
          },
          absent: {
            properties: { tag: { type: 'byte' }, year: { type: 'byte' }, at: { type: 'byte' }, ok: { type: 'byte' } },
          },
          terms: { properties: { title: terms, text: terms } },
          words: { properties: { title: words, text: words } },
          every: { ...words, analyzer: 'empire_terms' },
        },
      },
    })
  })

  it('writes documents in a bulk, analysed, and refreshes', async () => {
    await index.add([{ id: 'a', title: 'The Foxes', text: ['A fox.', 'Dogs'], tag: 'x', at: '1969-07-20T20:17:40Z' }])
    const [bulk, refresh] = server.requests.slice(-2)
    expect([bulk?.path, bulk?.url.search, bulk?.headers['content-type'], refresh?.path]).toEqual([
      '/docs.writes/_bulk',
      '?require_alias=true',
      'application/x-ndjson',
      '/docs/_refresh',
    ])
    expect(
      bulk?.body
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { index: { _id: 'a' } },
      {
        id: 'a',
        has: ['title', 'text', 'tag', 'at'],
        texts: { title: ['The Foxes'], text: ['A fox.', 'Dogs'] },
        values: { tag: ['x'], at: [Date.parse('1969-07-20T20:17:40Z')] },
        absent: { tag: 0, year: 1, at: 0, ok: 1 },
        terms: { title: ['\u0001\nfox'], text: ['\u0001\nfox', 'dog'] },
        words: { title: 'foxes', text: 'fox\ndogs' },
        every: '\u0002\nfox\ndog',
      },
    ])
  })

  it('looks for words term by term, in all fields as if they were one', async () => {
    await index.search({ query: 'the fox, the foxes, dogs', limit: 5 })
    expect(lastSearch()).toEqual({
      query: {
        bool: { should: [{ bool: { must: [clause('fox')], boost: 2 } }, clause('dog')], minimum_should_match: 1 },
      },
      size: 6,
      sort: [{ _score: { order: 'desc' } }, { id: { order: 'asc' } }],
      track_scores: true,
      track_total_hits: true,
      _source: false,
    })
  })

  it('puts filters where nothing is scored', async () => {
    await index.search({
      query: { match: 'fox', fields: ['text'] },
      filter: {
        and: [
          { in: { tag: ['x', 'y'] } },
          { range: { at: { gte: '2020-01-01' } } },
          { not: { or: [{ exists: 'year' }, { ids: ['a'] }, { term: { ok: true } }] } },
          { term: { text: 'brown foxes' } },
        ],
      },
    })
    expect(lastSearch()['query']).toEqual({
      bool: {
        must: [
          {
            multi_match: {
              query: 'fox',
              type: 'cross_fields',
              fields: ['terms.text'],
              tie_breaker: 0.3,
              _name: 'fox',
            },
          },
        ],
        filter: [
          {
            bool: {
              filter: [
                { constant_score: { filter: { terms: { 'values.tag': ['x', 'y'] } } } },
                { range: { 'values.at': { gte: Date.parse('2020-01-01') } } },
                {
                  bool: {
                    must_not: [
                      {
                        bool: {
                          should: [
                            { term: { has: { value: 'year' } } },
                            { ids: { values: ['a'] } },
                            { term: { 'values.ok': { value: true } } },
                          ],
                          minimum_should_match: 1,
                        },
                      },
                    ],
                  },
                },
                {
                  bool: {
                    filter: [
                      { constant_score: { filter: { term: { 'terms.text': { value: 'brown' } } } } },
                      { constant_score: { filter: { term: { 'terms.text': { value: 'fox' } } } } },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    })
  })

  it('looks for phrases with holes for stop words, and with slop in their order only', async () => {
    await index.search({ query: { match: 'quick as a fox', mode: 'phrase', fields: ['text'] } })
    expect(lastSearch()).toMatchObject({
      query: {
        bool: {
          filter: [
            {
              bool: {
                should: [{ match_phrase: { 'terms.text': { query: 'quick\n\u0001\n\u0001\nfox' } } }],
                minimum_should_match: 1,
              },
            },
          ],
        },
      },
    })
    await index.search({ query: { match: 'quick fox', mode: 'phrase', fields: ['text'], slop: 2 } })
    expect(lastSearch()).toMatchObject({
      query: {
        bool: {
          filter: [
            {
              bool: {
                should: [
                  { intervals: { 'terms.text': { match: { query: 'quick\nfox', max_gaps: 2, ordered: true } } } },
                ],
              },
            },
          ],
        },
      },
    })
  })

  it('looks for beginnings and near spellings among folded words', async () => {
    await index.search({ query: { match: 'Foxé', mode: 'prefix', fields: ['title'] } })
    expect(lastSearch()).toMatchObject({
      query: {
        dis_max: {
          queries: [{ multi_match: { query: 'fox' } }, { prefix: { 'words.title': { value: 'foxe', boost: 2 } } }],
        },
      },
      _source: ['texts.title'],
    })
    await index.search({ query: { match: 'Foxé', mode: 'fuzzy', fields: ['text'], prefixLength: 1 } })
    expect(lastSearch()).toMatchObject({
      query: {
        dis_max: {
          queries: [
            { multi_match: { query: 'fox' } },
            {
              fuzzy: {
                'words.text': {
                  value: 'foxe',
                  fuzziness: 1,
                  prefix_length: 1,
                  max_expansions: 50,
                  transpositions: true,
                  rewrite: 'top_terms_blended_freqs_50',
                  boost: 0.5,
                  _name: 'foxe~',
                },
              },
            },
          ],
        },
      },
    })
  })

  it('looks for the nearest of those that the filter lets through, and counts facets over them', async () => {
    await index.add([{ id: 'a', v: [1, 0], tag: 'x' }])
    const result = await index.search({
      query: { nearest: { field: 'v', vector: [1, 0.5], k: 3, numCandidates: 500 } },
      filter: { term: { tag: 'x' } },
      facets: { tag: { limit: 2 } },
      fields: ['tag'],
      explain: true,
    })
    const nearest = {
      query: {
        knn: { 'values.v': { vector: [1, 0.5], k: 500, filter: { term: { 'values.tag': { value: 'x' } } } } },
      },
      size: 3,
      sort: [{ _score: { order: 'desc' } }, { _score: { order: 'desc' } }, { id: { order: 'asc' } }],
      track_total_hits: true,
      _source: ['values.tag'],
    }
    const counting = {
      query: { bool: { filter: [{ ids: { values: ['a'] } }] } },
      size: 0,
      aggs: { facet_0: { terms: { field: 'values.tag', size: 2, order: [{ _count: 'desc' }, { _key: 'asc' }] } } },
    }
    expect(server.requests.slice(-2).map(({ json }) => json)).toEqual([nearest, counting])
    expect(result.explain).toEqual({
      backend: 'opensearch',
      native: [[nearest, counting]],
      pushedDown: ['in tag'],
      visited: 1,
    })
  })

  it('sorts by whether there is a value, by the value, and by the id', async () => {
    await index.add([{ id: 'a', tag: 'x' }, { id: 'b' }, { id: 'c', at: '1960-01-01' }])
    const request = { sort: [{ field: 'at', order: 'desc', missing: 'first' }, { field: 'tag' }], limit: 2 } as const
    const { cursor } = await index.search(request)
    expect(lastSearch()).toEqual({
      query: { match_all: {} },
      size: 3,
      sort: [
        { 'absent.at': { order: 'desc' } },
        { 'values.at': { order: 'desc', mode: 'max', missing: 0 } },
        { 'absent.tag': { order: 'asc' } },
        { 'values.tag': { order: 'asc', mode: 'min', missing: '' } },
        { id: { order: 'asc' } },
      ],
      track_total_hits: true,
      _source: false,
    })
    await index.search({ ...request, cursor })
    expect(lastSearch()['search_after']).toEqual([1, 0, 1, '', 'b'])
  })

  it('counts ranges by their filters', async () => {
    await index.search({ limit: 0, facets: { year: { ranges: [{ to: 5 }, { from: 5, to: 9 }] } } })
    expect(lastSearch()).toMatchObject({
      size: 0,
      aggs: {
        facet_0: {
          filters: {
            filters: [{ range: { 'values.year': { lt: 5 } } }, { range: { 'values.year': { gte: 5, lt: 9 } } }],
          },
        },
      },
    })
  })

  it('removes by ids in a bulk, and by filters in one step', async () => {
    await index.add([{ id: 'a' }, { id: 'b', tag: 'x' }])
    expect(await index.remove(['a', 'z'])).toBe(1)
    expect(server.requests.at(-2)?.body).toBe('{"delete":{"_id":"a"}}\n{"delete":{"_id":"z"}}\n')
    expect(await index.replace({ term: { tag: 'x' } }, [{ id: 'c', tag: 'x' }])).toBe(1)
    const last = server.requests.at(-1)
    expect([last?.path, last?.url.search]).toEqual(['/docs/_delete_by_query', '?conflicts=proceed&refresh=true'])
    expect(last?.json).toEqual({
      query: {
        bool: { filter: [{ term: { 'values.tag': { value: 'x' } } }], must_not: [{ ids: { values: ['c'] } }] },
      },
    })
  })

  it('removes by a filter once more where another writer was in the way', async () => {
    await index.add(['a', 'b', 'c'].map((id) => ({ id, tag: 'x' })))
    const headers = { 'content-type': 'application/x-ndjson' }
    await fetch(`${server.url}/docs/_bulk`, { method: 'POST', body: '{"delete":{"_id":"a"}}\n', headers })
    expect(await index.remove({ term: { tag: 'x' } })).toBe(2)
    expect(server.requests.slice(-2).map(({ path }) => path)).toEqual([
      '/docs/_delete_by_query',
      '/docs/_delete_by_query',
    ])
  })

  it('weighs the words of a query by how few documents have them', async () => {
    await index.add([
      { id: 'a', text: 'fox dog' },
      { id: 'b', text: 'fox' },
      { id: 'c', text: 'fox', title: 'fox' },
      { id: 'd', title: 'dog' },
      { id: 'e' },
    ])
    const { hits } = await index.search({ query: { match: 'fox dog', fields: ['text'] } })
    expect(server.requests.find(({ path }) => path === '/docs/_termvectors')?.json).toEqual({
      doc: { every: 'fox\ndog' },
      fields: ['every'],
      term_statistics: true,
      field_statistics: true,
      positions: false,
      offsets: false,
      payloads: false,
    })
    // Of five documents, whatever the field.
    const [fox, dog] = [Math.log(1 + 2.5 / 3.5), Math.log(1 + 3.5 / 2.5)]
    const coverages = hits.map(({ id, coverage }) => [id, coverage])
    expect(coverages).toEqual([
      ['a', 1],
      ['b', fox / (fox + dog)],
      ['c', fox / (fox + dog)],
    ])
    const [near] = (await index.search({ query: { match: 'dgo', mode: 'fuzzy', fields: ['text'] } })).hits
    expect([near?.id, near?.coverage, near?.terms]).toEqual(['a', 1, ['dog']])
    const [all] = (await index.search({ query: { match: 'fox dog', mode: 'all' } })).hits
    expect([all?.id, all?.coverage]).toEqual(['a', 1])
  })

  it('asks for whole answers only', async () => {
    await index.search({ query: 'fox' })
    const search = server.requests.find(({ path }) => path === '/docs/_search')
    expect(search?.url.search).toBe('?allow_partial_search_results=false')
  })

  it('scores no document that the filter does not let through', async () => {
    await index.add(Array.from({ length: 100 }, (_, at) => ({ id: `${at}`, text: 'fox', year: at % 10 })))
    const { explain, total } = await index.search({ query: 'fox', filter: { term: { year: 3 } }, explain: true })
    expect([server.scored, explain?.visited, total]).toEqual([10, 10, 10])
    await index.search({ query: 'fox' })
    expect(server.scored).toBe(100)
  })
})
