import { inspect } from 'node:util'
import { SearchError } from '@empire/search'
import { createFakeOpenSearch, type FakeOpenSearch } from '@empire/test-support/fake-opensearch'
import { Client } from '@opensearch-project/opensearch'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { moveAlias } from './move-alias.ts'
import { openOpenSearchIndex } from './open-opensearch-index.ts'
import type { OpenSearchClient } from './opensearch-client.ts'

const fields = { text: { type: 'text' } } as const
const open: AsyncDisposable[] = []

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]()
})

async function start(...given: Parameters<typeof createFakeOpenSearch>): Promise<FakeOpenSearch> {
  const server = await createFakeOpenSearch(...given)
  open.push(server)
  return server
}

async function openDocs(server: FakeOpenSearch) {
  const index = await openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url, maxRetries: 0 } })
  open.push(index)
  return index
}

describe('openOpenSearchIndex', () => {
  it.each([
    [
      {},
      '"index" must be a name of at most 240 small letters, digits, ".", "_" and "-" that begins with a letter or digit, got undefined.',
    ],
    [
      { index: 'Docs' },
      '"index" must be a name of at most 240 small letters, digits, ".", "_" and "-" that begins with a letter or digit, got a string ("Docs").',
    ],
    [
      { index: '../_all' },
      '"index" must be a name of at most 240 small letters, digits, ".", "_" and "-" that begins with a letter or digit, got a string ("../_all").',
    ],
    [{ index: 'docs' }, '"options" must have exactly one of "client" and "connection", got neither.'],
    [
      { index: 'docs', connection: { node: 'localhost:9200' } },
      '"connection" must be options of the OpenSearch client, such as { node: "https://localhost:9200" }, and it says: Invalid protocol: \'localhost:\'.',
    ],
    [
      { index: 'docs', connection: { node: 'user:pass word@host' } },
      '"connection" must be options of the OpenSearch client, such as { node: "https://localhost:9200" }, and it says: Invalid protocol: \'user:\'.',
    ],
    [
      { index: 'docs', connection: {} },
      '"connection" must be options of the OpenSearch client, such as { node: "https://localhost:9200" }, and it says: Missing node(s) option.',
    ],
    [
      { index: 'docs', client: {} },
      '"client" must be a client of @opensearch-project/opensearch with "transport.request", got an object.',
    ],
    [{ index: 'docs', conection: {} }, '"options" has no key "conection". Did you mean "connection"?'],
    [{ index: 'docs', create: { shard: 2 } }, '"create" has no key "shard". Did you mean "shards"?'],
    [
      { index: 'docs', create: { shards: 0 } },
      '"create.shards" must be a whole number from 1 to 1024, got a number (0).',
    ],
    [
      { index: 'docs', create: { vectorEngine: 'nmslib' } },
      '"create.vectorEngine" must be "lucene" or "faiss", got a string ("nmslib").',
    ],
    [
      { index: 'docs', retry: { attempts: 0 } },
      '"retry.attempts" must be a whole number from 1 to 100, got a number (0).',
    ],
  ])('refuses %j', async (options, message) => {
    await expect(openOpenSearchIndex({ fields, ...options } as never)).rejects.toThrow(new TypeError(message))
  })

  it('uses a client of the caller, and leaves it open', async () => {
    const server = await start()
    const client = new Client({ node: server.url })
    const index = await openOpenSearchIndex({ fields, index: 'docs', client })
    await index.add([{ id: 'a', text: 'fox' }])
    await index.close()
    expect((await client.count({ index: 'docs' })).body.count).toBe(1)
    await client.close()
  })

  it('makes an index as it is told', async () => {
    const server = await start()
    const create = { shards: 2, replicas: 0, vectorEngine: 'faiss' } as const
    const vectors = { v: { type: 'vector', dimensions: 2 } } as const
    open.push(await openOpenSearchIndex({ fields: vectors, index: 'docs', connection: { node: server.url }, create }))
    expect(server.requests.at(-1)?.json).toMatchObject({
      settings: { index: { number_of_shards: 2, number_of_replicas: 0, knn: true } },
      mappings: { properties: { values: { properties: { v: { method: { engine: 'faiss' } } } } } },
    })
  })

  it.each([
    ['2.19.5', undefined],
    ['3.6.0', false],
  ])('keeps vectors as they were given on version %s', async (version, derived) => {
    const server = await start(undefined, { version })
    const vectors = { v: { type: 'vector', dimensions: 2 } } as const
    open.push(await openOpenSearchIndex({ fields: vectors, index: 'docs', connection: { node: server.url } }))
    expect(server.requests.at(-1)?.json).toMatchObject({
      settings: { index: derived === undefined ? { knn: true } : { knn: true, 'knn.derived_source.enabled': derived } },
    })
  })

  it('stops opening when the signal is aborted', async () => {
    const server = await start(() => ({ fault: { type: 'stall' } }))
    const controller = new AbortController()
    const reason = new Error('enough')
    const { signal } = controller
    const opening = openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url }, signal })
    await server.whenReceived(1)
    controller.abort(reason)
    await expect(opening).rejects.toBe(reason)
    await server.whenIdle()
  })

  it('opens an index that is there, by its alias too', async () => {
    const server = await start()
    const client = new Client({ node: server.url })
    const first = await openOpenSearchIndex({ fields, index: 'docs', client })
    await first.add([{ id: 'a', text: 'fox' }])
    await client.indices.updateAliases({ body: { actions: [{ add: { index: 'docs', alias: 'all' } }] } })
    const second = await openOpenSearchIndex({ fields, index: 'all', client })
    expect((await second.search({ query: 'fox' })).total).toBe(1)
    expect(server.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
    await client.close()
  })

  it('opens the index that another process made at the same moment', async () => {
    const server = await start()
    const options = { fields, index: 'docs', connection: { node: server.url } }
    const indexes = await Promise.all(Array.from({ length: 5 }, () => openOpenSearchIndex(options)))
    open.push(...indexes)
    await indexes[0]?.add([{ id: 'a', text: 'fox' }])
    expect((await indexes[4]?.search({ query: 'fox' }))?.total).toBe(1)
  })

  it('refuses an index that it did not make', async () => {
    const server = await start()
    const client = new Client({ node: server.url })
    await client.indices.create({ index: 'docs', body: { mappings: { dynamic: 'strict', properties: {} } } })
    await expect(openOpenSearchIndex({ fields, index: 'docs', client })).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
      message:
        'The index "docs" is not one of this package: "docs" must have a manifest of layout 4 in its mappings, got none. Use another name, or index the documents anew.',
    })
    await client.close()
  })

  it.each([
    [{ distribution: 'elasticsearch', version: '9.1.0' }, 'got elasticsearch 9.1.0'],
    [{ version: '2.14.0' }, 'got opensearch 2.14.0'],
  ])('refuses to make an index on %j', async (options, came) => {
    const server = await start(undefined, options)
    await expect(
      openOpenSearchIndex({ fields, index: 'docs', connection: { node: server.url } }),
    ).rejects.toMatchObject({
      code: 'backend_failed',
      message: `The server must be OpenSearch 2.15 or later, ${came}. Connect to another one.`,
    })
  })

  it('says that the server has no vectors', async () => {
    const server = await start(undefined, { hasVectors: false })
    const vectors = { v: { type: 'vector', dimensions: 2 } } as const
    await expect(
      openOpenSearchIndex({ fields: vectors, index: 'docs', connection: { node: server.url } }),
    ).rejects.toMatchObject({ code: 'backend_failed', retryable: false, details: { status: 400, index: 'docs' } })
  })
})

it('finds words that every object of JavaScript knows', async () => {
  const server = await start()
  const analyzer = { name: 'spaces', tokens: (text: string) => text.split(' '), term: (token: string) => token }
  const index = await openOpenSearchIndex({ fields, index: 'docs', analyzer, connection: { node: server.url } })
  open.push(index)
  await index.add([{ id: 'a', text: '__proto__ constructor' }])
  const { hits } = await index.search({ query: '__proto__ constructor toString' })
  expect(hits.map(({ id, terms }) => [id, terms])).toEqual([['a', ['__proto__', 'constructor']]])
  expect(hits[0]?.coverage).toBeCloseTo(0.29, 2)
})

it('finds words of any length, whole', async () => {
  const server = await start()
  const analyzer = { name: 'spaces', tokens: (text: string) => text.split(' '), term: (token: string) => token }
  const index = await openOpenSearchIndex({ fields, index: 'docs', analyzer, connection: { node: server.url } })
  open.push(index)
  const [one, other] = [`${'z'.repeat(300)}a`, `${'z'.repeat(300)}b`]
  await index.add([
    { id: 'one', text: one },
    { id: 'other', text: other },
  ])
  for (const mode of ['any', 'phrase'] as const) {
    expect((await index.search({ query: { match: other, mode } })).hits.map(({ id }) => id)).toEqual(['other'])
  }
  expect((await index.search({ filter: { term: { text: one } } })).hits.map(({ id }) => id)).toEqual(['one'])
})

/** A filter of so many ranges. */
function years(count: number) {
  return { or: Array.from({ length: count }, (_, gte) => ({ range: { year: { gte } } })) }
}

function refusal(count: number): object {
  return {
    code: 'invalid_query',
    message: `On OpenSearch, a query with its filter must have at most 1024 clauses, one for each word in each field and two for each value or range, got ${count}.`,
  }
}

describe('failures of the server', () => {
  it.each([
    [429, true, 'status 429, rejected_execution_exception: full. Try again later, or with fewer calls at a time.'],
    [503, true, 'status 503, fake_exception: full. Try again later.'],
    [403, false, 'status 403, fake_exception: full. Correct "connection.auth", or what the user may do.'],
    [400, false, 'status 400, fake_exception: full. Correct what the reason names.'],
    [500, false, 'status 500, fake_exception: too_many_clauses: 1025. Correct what the reason names.'],
  ])('tells of a status %i', async (status, retryable, answer) => {
    const message = status === 500 ? 'too_many_clauses: 1025' : 'full'
    const server = await start(({ path }) =>
      path.endsWith('_search') ? { fault: { type: 'status', status, message } } : undefined,
    )
    const index = await openDocs(server)
    const failure = await index.search({ query: 'fox' }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SearchError)
    expect(failure).toMatchObject({
      code: 'backend_failed',
      retryable,
      message: `OpenSearch must do what the index "docs" asks of it, got ${answer}`,
    })
  })

  it('tells which documents the server could not remove by a filter', async () => {
    const full = { status: 429, type: 'rejected_execution_exception', reason: 'full' }
    const server = await start(undefined, {
      refuse: ({ action, id }) => (action === 'delete' && id === 'b' ? full : undefined),
    })
    const index = await openDocs(server)
    await index.add([{ id: 'a' }, { id: 'b' }])
    await expect(index.remove({ not: { exists: 'text' } })).rejects.toMatchObject({
      code: 'partial_failure',
      retryable: true,
      message: 'OpenSearch could not remove 1 documents. Remove them again.',
      details: { failures: [{ id: 'b', reason: 'full', retryable: true }] },
    })
    expect((await index.statistics()).documents).toBe(1)
  })

  it('tells that the index is gone', async () => {
    const server = await start()
    const index = await openDocs(server)
    await fetch(`${server.url}/docs`, { method: 'DELETE' })
    await expect(index.search()).rejects.toThrow(
      'OpenSearch must do what the index "docs" asks of it, got status 404, index_not_found_exception: no such index [docs]. Open the index anew, which creates it, or correct its name.',
    )
  })

  it.each([
    ['docs', 'docs.writes'],
    ['all', 'all'],
  ])('makes no index anew by writing to %j when it is gone', async (name, target) => {
    const server = await start()
    const connection = { node: server.url }
    await openDocs(server)
    await moveAlias({ connection, alias: 'all', to: 'docs' })
    const index = await openOpenSearchIndex({ fields, index: name, connection })
    open.push(index)
    await index.add([{ id: 'a', text: 'fox' }])
    await fetch(`${server.url}/docs`, { method: 'DELETE' })
    await expect(index.add([{ id: 'b' }, { id: 'c' }])).rejects.toMatchObject({
      code: 'backend_failed',
      retryable: false,
      message: `OpenSearch must do what the index "${name}" asks of it, got status 404, index_not_found_exception: no such index [${target}] and [require_alias] request flag is [true] and [${target}] is not an alias. Open the index anew, which creates it, or correct its name.`,
    })
    await expect(index.remove(['a'])).rejects.toMatchObject({ code: 'backend_failed', details: { status: 404 } })
    expect((await fetch(`${server.url}/docs`)).status).toBe(404)
  })

  it('tells of an answer that is not JSON', async () => {
    const server = await start()
    const own = new Client({ node: server.url })
    onTestFinished(() => own.close())
    const client: OpenSearchClient = {
      transport: {
        request: async (params, options) =>
          params.path.endsWith('_search')
            ? { body: '<html>', statusCode: 200 }
            : own.transport.request(params, options ?? {}),
      },
      close: () => own.close(),
    }
    const index = await openOpenSearchIndex({ fields, index: 'docs', client })
    await expect(index.search()).rejects.toMatchObject({
      code: 'backend_failed',
      message: 'OpenSearch must answer with JSON, got a string ("<html>"). Check what "connection" leads to.',
    })
  })

  it('tells of a server that is not there, and of a connection that is cut', async () => {
    const server = await start(({ path }) => (path.endsWith('_search') ? { fault: { type: 'socket-cut' } } : undefined))
    const index = await openDocs(server)
    await expect(index.search()).rejects.toMatchObject({ code: 'backend_failed', retryable: true })
    await server.close()
    await expect(index.statistics()).rejects.toMatchObject({ code: 'backend_failed', retryable: true })
  })

  it('shows no password, whatever fails', async () => {
    const auth = { username: 'admin', password: 'correct-horse-battery' }
    const server = await start(undefined, { auth })
    const options = { fields, index: 'docs' } as const
    const wrong = { username: 'admin', password: 'hunter2-hunter2' }
    const failures = await Promise.all([
      openOpenSearchIndex({ ...options, connection: { node: server.url, auth: wrong } }).catch(
        (error: unknown) => error,
      ),
      openOpenSearchIndex({
        ...options,
        connection: { node: server.url.replace('//', '//admin:hunter2-hunter2@') },
      }).catch((error: unknown) => error),
      openOpenSearchIndex({
        ...options,
        connection: { node: 'http://admin:hunter2-hunter2@127.0.0.1:1', maxRetries: 0 },
      }).catch((error: unknown) => error),
    ])
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(SearchError)
      const shown = inspect(failure, { depth: 20 }) + JSON.stringify(failure)
      expect(shown).not.toContain('hunter2')
      expect(shown).not.toContain(Buffer.from('admin:hunter2-hunter2').toString('base64'))
    }
    const index = await openOpenSearchIndex({ ...options, connection: { node: server.url, auth } })
    expect((await index.search()).total).toBe(0)
    await index.close()
  })

  it('ends a request on the wire when the call is aborted', async () => {
    const server = await start(({ path }) => (path.endsWith('_search') ? { fault: { type: 'stall' } } : undefined))
    const index = await openDocs(server)
    const controller = new AbortController()
    const reason = new Error('enough')
    const search = index.search({ query: 'fox' }, { signal: controller.signal })
    await server.whenReceived(4)
    controller.abort(reason)
    await expect(search).rejects.toBe(reason)
    await server.whenIdle()
    expect(server.requests.at(-1)?.outcome).toBe('client-left')
  })

  it('refuses more words than the engine takes clauses', async () => {
    const server = await start()
    const index = await openDocs(server)
    const match = Array.from({ length: 901 }, (_, at) => `word${at}`).join(' ')
    await expect(index.search({ query: match })).rejects.toMatchObject({
      code: 'invalid_query',
      message: 'On OpenSearch, a text query must have at most 900 distinct words, counted once per field, got 901.',
    })
    const words = match.split(' ')
    await index.search({ query: words.slice(0, 900).join(' ') })
    await index.add([{ id: 'a', text: 'words1' }])
    expect((await index.search({ query: { match: words.slice(0, 450).join(' '), mode: 'fuzzy' } })).total).toBe(1)
    await expect(index.search({ query: { match, mode: 'phrase' } })).rejects.toMatchObject({ code: 'invalid_query' })
  })

  it('refuses more clauses of words and filters than the engine takes', async () => {
    const server = await start()
    const both = { ...fields, title: { type: 'text' }, year: { type: 'number' } } as const
    const index = await openOpenSearchIndex({ fields: both, index: 'docs', connection: { node: server.url } })
    open.push(index)
    const match = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ')
    expect((await index.search({ query: match, filter: years(112) })).total).toBe(0)
    await expect(index.search({ query: match, filter: years(113) })).rejects.toMatchObject(refusal(1026))
    await expect(index.remove(years(513))).rejects.toMatchObject(refusal(1026))
    const phrase = Array.from({ length: 256 }, (_, at) => `word${at}`).join(' ')
    expect((await index.search({ query: { match: phrase, mode: 'phrase', slop: 1 } })).total).toBe(0)
    await expect(
      index.search({ query: { match: phrase, mode: 'phrase', slop: 1 }, filter: { term: { year: 1 } } }),
    ).rejects.toMatchObject(refusal(1026))
  })

  it('filters by thousands of words', async () => {
    const server = await start()
    const index = await openDocs(server)
    await index.add([{ id: 'a', text: 'word7 foxes' }, { id: 'b' }])
    const text = Array.from({ length: 5000 }, (_, at) => `word${at}`)
    expect((await index.search({ filter: { in: { text } } })).hits.map(({ id }) => id)).toEqual(['a'])
  })

  it('refuses to look for near spellings of words that are too long for them', async () => {
    const server = await start()
    const analyzer = { name: 'whole', tokens: (text: string) => [text], term: (token: string) => token }
    const index = await openOpenSearchIndex({ fields, index: 'docs', analyzer, connection: { node: server.url } })
    open.push(index)
    const [long, longer] = ['z'.repeat(200), 'z'.repeat(201)]
    expect((await index.search({ query: { match: long, mode: 'fuzzy' } })).total).toBe(0)
    await expect(index.search({ query: { match: longer, mode: 'fuzzy' } })).rejects.toMatchObject({
      code: 'invalid_query',
      message: 'On OpenSearch, a word of a fuzzy query must have at most 200 bytes of UTF-8, got 201.',
    })
    expect((await index.search({ query: { match: longer, mode: 'fuzzy', distance: 0 } })).total).toBe(0)
  })
})
