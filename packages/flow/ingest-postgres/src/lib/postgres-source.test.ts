import { setImmediate } from 'node:timers/promises'
import { createMemoryState, functionSink, ingest, IngestError, type Source, type SourceItem } from '@empire/ingest'
import { sourceCases } from '@empire/ingest/conformance'
import { createProxy, runConformance, service } from '@empire/test-support'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PostgresRow } from './decode-value.ts'
import { postgresSource } from './postgres-source.ts'

const postgres = service('postgres')

async function list(source: Source, signal?: AbortSignal): Promise<SourceItem[]> {
  const items: SourceItem[] = []
  for await (const item of source.items({ signal })) items.push(item)
  return items
}

async function textOf(item: SourceItem | undefined): Promise<string> {
  return Buffer.from((await item!.read())!.bytes as Uint8Array).toString()
}

async function failure(work: Promise<unknown>): Promise<IngestError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof IngestError)) throw error
  return error
}

describe.skipIf(!postgres.available)('postgresSource', () => {
  let client: Client
  beforeAll(async () => {
    client = new Client({ connectionString: postgres.url })
    await client.connect()
    await postgres.setUp(client)
  })
  afterAll(async () => {
    await postgres.tearDown()
    await client.end()
  })

  /** Other connections that this test has to the server. */
  const application = 'empire-ingest-postgres-test'
  const connection = (url = postgres.url) => ({ connectionString: url, application_name: application })
  const others = async (): Promise<{ state: string; query: string }[]> =>
    (await client.query(`select state, query from pg_stat_activity where application_name = $1`, [application])).rows

  const untilGone = () => vi.waitUntil(async () => (await others()).length === 0)

  beforeEach(() => client.query('create table articles (id bigint primary key, title text, body text, changed int)'))
  afterEach(async () => {
    await client.query('drop table articles')
    // The server takes a moment to notice that a connection has ended.
    await untilGone()
  })

  async function fill(count: number): Promise<void> {
    await client.query(
      `insert into articles select n, 'Title ' || n, 'Body of ' || n || '.', 1 from generate_series(1, $1::int) n`,
      [count],
    )
  }

  let tables = 0
  runConformance(
    sourceCases({
      async open() {
        const table = `place_${tables++}`
        await client.query(`create table ${table} (name text primary key, content bytea, divisor int default 1)`)
        return {
          source: postgresSource({
            connection: postgres.url,
            query: `select name, content, md5(content) as version, 1 / divisor from ${table} order by name`,
            id: 'name',
            version: 'version',
            content: 'content',
            batchSize: 2,
          }),
          async put(name, content) {
            await client.query(
              `insert into ${table} values ($1, $2) on conflict (name) do update set content = excluded.content`,
              [name, Buffer.from(content)],
            )
            return name
          },
          async remove(name) {
            await client.query(`delete from ${table} where name = $1`, [name])
          },
          async breakListing() {
            await client.query(`update ${table} set divisor = 0 where name = 'c.txt'`)
          },
          async close() {
            await client.query(`drop table ${table}`)
          },
        }
      },
    }),
    { describe, it },
  )

  it('makes items of rows as its options say', async () => {
    await fill(2)
    const source = postgresSource({
      name: 'articles',
      connection: connection(),
      query: 'select * from articles where id < $1 order by id -- newest last;',
      parameters: [100],
      version: 'changed',
      content: ({ title, body }) => `# ${title}\n\n${body}`,
      mediaType: 'text/markdown',
      path: ({ title }) => `article "${title}"`,
      metadata: ({ id }) => ({ number: String(id) }),
    })
    const [first] = await list(source)
    expect(first).toMatchObject({ id: '1', path: 'article "Title 1"', version: '1' })
    expect(await first!.read()).toEqual({
      bytes: new TextEncoder().encode('# Title 1\n\nBody of 1.'),
      mediaType: 'text/markdown',
      metadata: { number: '1' },
    })
    expect(await textOf(await source.item!('2'))).toBe('# Title 2\n\nBody of 2.')
  })

  it('makes an id of several columns, and the row as JSON of a row', async () => {
    await fill(1)
    const source = postgresSource({
      connection: connection(),
      query: `select id, title, '\\x0001ff'::bytea as data from articles;`,
      id: ({ id, title }) => `${title}/${id}`,
    })
    const [item] = await list(source)
    expect(item).toMatchObject({ id: 'Title 1/1', path: 'postgres/Title 1/1', version: undefined })
    expect((await item!.read())?.mediaType).toBe('application/json')
    expect(JSON.parse(await textOf(item))).toEqual({ id: '1', title: 'Title 1', data: 'AAH/' })
    expect(source.item).toBeUndefined()
    const query = `select 1 as id, 'NaN'::float8 as a, array['-infinity'::float4, 1] as b`
    const [numbers] = await list(postgresSource({ connection: connection(), query }))
    expect(JSON.parse(await textOf(numbers))).toEqual({ id: 1, a: 'NaN', b: ['-Infinity', 1] })
  })

  it('loses nothing of any type, whatever the defaults of the connection are', async () => {
    const rows: PostgresRow[] = []
    const source = postgresSource({
      connection: {
        ...connection(),
        options: '-c timezone=Asia/Tokyo -c datestyle=German -c bytea_output=escape -c extra_float_digits=-3',
      },
      query: `select 'x' as id, 9223372036854775807::bigint as "bigint", 12345678901234567890.1234567890::numeric as "numeric",
        '\\x00ff10'::bytea as "bytea", '2028-01-31 12:00:00.123456+02'::timestamptz as "timestamptz",
        'infinity'::timestamptz as "forever", '2028-01-31 12:00:00.123456'::timestamp as "timestamp", '2028-01-31'::date as "date",
        true as "bool", 42 as "int", 0.1::float8 as "float", 'NaN'::float8 as "nan", null::text as "null",
        '{"n": 12345678901234567890, "d": 0.1}'::jsonb as "jsonb", '[1, "a"]'::json as "json", '1 day 2 hours'::interval as "interval",
        array[1::bigint, null, 9007199254740993] as "bigints", array[array['a,b', 'c"d'], array['null', '']] as "texts",
        array[1.10::numeric] as "numerics", array['2028-01-01 00:00:00.000001+00'::timestamptz] as "times",
        array['{"a":1}'::jsonb] as "jsons", '00000000-0000-0000-0000-000000000001'::uuid as "uuid", '__proto__' as "__proto__"`,
      content(row) {
        rows.push(row)
        return ''
      },
    })
    await textOf((await list(source))[0])
    const [row] = rows
    expect(Object.keys(row!)).toContain('__proto__')
    expect({ ...row, ['__proto__']: undefined }).toMatchObject({
      bigint: 9223372036854775807n,
      numeric: '12345678901234567890.1234567890',
      bytea: new Uint8Array([0, 255, 16]),
      timestamptz: '2028-01-31T10:00:00.123456Z',
      forever: 'infinity',
      timestamp: '2028-01-31 12:00:00.123456',
      date: '2028-01-31',
      bool: true,
      int: 42,
      float: 0.1,
      nan: Number.NaN,
      null: null,
      jsonb: { n: '12345678901234567890', d: 0.1 },
      json: [1, 'a'],
      interval: 'P1DT2H',
      bigints: [1n, null, 9007199254740993n],
      texts: [
        ['a,b', 'c"d'],
        ['null', ''],
      ],
      numerics: ['1.10'],
      times: ['2028-01-01T00:00:00.000001Z'],
      jsons: [{ a: 1 }],
      uuid: '00000000-0000-0000-0000-000000000001',
    })
  })

  it('knows arrays of any type, also of those that users make', async () => {
    await client.query(
      `create type mood as enum ('sad', 'glad'); create domain rank as int; create type pair as (a int, b text)`,
    )
    let found: PostgresRow = {}
    const source = postgresSource({
      connection: connection(),
      query: `select 1 as id, array['sad', null]::mood[] as moods, array[1, 2]::rank[] as ranks, array[(1, 'a,b')::pair] as pairs,
        array['10.0.0.1'::inet] as inets, array['a'::name] as names, '[5:6]={1,2}'::int[] as shifted, '{}'::int[] as none,
        '1 2'::int2vector as vector, array['(1,1),(0,0)'::box] as boxes`,
      content(row) {
        found = row
        return ''
      },
    })
    await textOf((await list(source))[0])
    await client.query('drop type mood; drop domain rank; drop type pair')
    expect(found).toEqual({
      id: 1,
      moods: ['sad', null],
      ranks: [1, 2],
      pairs: ['(1,"a,b")'],
      inets: ['10.0.0.1'],
      names: ['a'],
      shifted: [1, 2],
      none: [],
      vector: '1 2',
      // Boxes part them by semicolons.
      boxes: '{(1,1),(0,0)}',
    })
  })

  it('gives a column as PostgreSQL writes it', async () => {
    const source = postgresSource({
      connection: connection(),
      query: `select 1 as id, '{"n": 12345678901234567890}'::json as data`,
      content: 'data',
      mediaType: 'application/json',
    })
    expect(await textOf((await list(source))[0])).toBe('{"n": 12345678901234567890}')
  })

  it('replaces what has changed, and deletes what is gone', async () => {
    await fill(250)
    const source = postgresSource({
      connection: connection(),
      query: 'select * from articles order by id',
      version: 'changed',
      content: 'body',
    })
    const state = createMemoryState()
    const written: string[] = []
    const sink = functionSink(async ({ itemId }, chunks) => {
      for await (const { text } of chunks) expect(text).toContain('.')
      written.push(itemId)
    })
    expect(await ingest({ source, sink, state })).toMatchObject({ indexed: 250 })
    await client.query(`update articles set body = 'New.', changed = 2 where id = 7`)
    await client.query('delete from articles where id > 248')
    written.length = 0
    expect(await ingest({ source, sink, state })).toMatchObject({ indexed: 1, unchanged: 247, deleted: 2 })
    expect(written).toEqual(['7'])
  })

  it('sees one moment, however long the sink takes', async () => {
    await fill(20)
    const source = postgresSource({
      connection: connection(),
      query: 'select * from articles order by id',
      content: 'body',
      batchSize: 5,
    })
    const bodies: string[] = []
    for await (const item of source.items()) {
      if (item.id === '1')
        await client.query(`update articles set body = 'changed'; delete from articles where id = 20`)
      bodies.push(await textOf(item))
    }
    expect(bodies).toHaveLength(20)
    expect(new Set(bodies)).not.toContain('changed')
  })

  it('fetches no more than a batch ahead, and ends with the loop', async () => {
    const source = postgresSource({
      connection: connection(),
      query: `select n as id, clock_timestamp()::text as at from generate_series(1, 1000) n`,
      content: 'at',
      batchSize: 10,
    })
    const times: string[] = []
    let pause = ''
    for await (const item of source.items()) {
      times.push(await textOf(item))
      if (times.length === 10) pause = (await client.query('select clock_timestamp()::text as at')).rows[0].at
      if (times.length === 11) break
    }
    expect(Date.parse(times[9]!)).toBeLessThanOrEqual(Date.parse(pause))
    expect(Date.parse(times[10]!)).toBeGreaterThanOrEqual(Date.parse(pause))
  })

  it('may only read', async () => {
    await fill(1)
    const source = postgresSource({
      connection: connection(),
      query: `with gone as (delete from articles returning *) select * from gone`,
    })
    expect((await failure(list(source))).code).toBe('query_failed')
    const second = postgresSource({
      connection: connection(),
      query: 'select id from articles; commit; drop table articles',
    })
    expect((await failure(list(second))).message).toBe(
      'postgres: the query failed: cannot insert multiple commands into a prepared statement (SQLSTATE 42601).',
    )
    expect((await client.query('select count(*)::int from articles')).rows).toEqual([{ count: 1 }])
  })

  it('goes on behind a row without an id, or for which a function throws, and deletes nothing for the first', async () => {
    const source = postgresSource({
      connection: connection(),
      query: `select n as id, n as name from unnest(array[null, 'a', 'b']) n`,
      path(row) {
        if (row['name'] === 'a') throw new Error('no path')
        return `row ${row['name']}`
      },
    })
    const found = []
    for (const item of await list(source)) {
      const failed = await item.read().then(
        () => undefined,
        (error: Error) => error.message,
      )
      found.push([item.id, item.path, item.hides?.('x'), failed])
    }
    expect(found).toEqual([
      ['row 0', 'postgres', true, 'postgres: expected each row to have an id, got null as one.'],
      ['a', 'postgres/a', undefined, 'no path'],
      ['b', 'row b', undefined, undefined],
    ])
  })

  it('says what "content" gave that is none', async () => {
    const source = postgresSource({
      connection: connection(),
      query: 'select 1 as id, null as body',
      content: (row) => row['body'] as string,
    })
    await expect((await list(source))[0]!.read()).rejects.toThrow(
      new TypeError('Expected "content" to give a text or bytes, got null.'),
    )
  })

  it('cancels the query on the server when it is aborted', async () => {
    const source = postgresSource({ connection: connection(), query: `select 1 as id, pg_sleep(600) as body` })
    const controller = new AbortController()
    const listing = list(source, controller.signal)
    const reason = new Error('enough')
    listing.catch(() => {})
    await expect
      .poll(others)
      .toEqual([expect.objectContaining({ state: 'active', query: expect.stringContaining('fetch') })])
    controller.abort(reason)
    await expect(listing).rejects.toBe(reason)
    expect(await others()).toEqual([])
  })

  it('limits the time of a batch, and not that of the sink', async () => {
    const slow = postgresSource({
      name: 'slow',
      connection: connection(),
      query: `select n as id, case when n = 3 then pg_sleep(600) end as body from generate_series(1, 5) n`,
      batchSize: 2,
      statementTimeout: 100,
    })
    const error = await failure(list(slow))
    expect(error.message).toBe(
      'slow: the query was ended: canceling statement due to statement timeout. A batch may take 100 ms ("statementTimeout").',
    )
    expect(error).toMatchObject({ code: 'timeout', retryable: true })

    await fill(6)
    const source = postgresSource({
      connection: connection(),
      query: 'select id from articles',
      batchSize: 2,
      statementTimeout: 100,
    })
    let count = 0
    for await (const { id } of source.items()) {
      if (id === '1') await client.query('select pg_sleep(0.15)')
      count++
    }
    expect(count).toBe(6)
  })

  it('fails a listing whose connection is lost, and deletes nothing', async () => {
    await fill(30)
    await using proxy = await createProxy(postgres.url)
    const query = 'select * from articles order by id'
    const state = createMemoryState()
    const sink = functionSink(async (_, chunks) => {
      for await (const { text } of chunks) expect(text).toContain('Body')
    })
    const make = (url: string): Source =>
      postgresSource({ connection: connection(url), query, content: 'body', version: 'changed', batchSize: 10 })
    await ingest({ source: make(postgres.url), sink, state })
    await client.query(`insert into articles values (31, 'New', 'Body of 31.', 1)`)
    const broken = make(proxy.url)
    let listed = 0
    const error = await failure(
      ingest({
        source: {
          ...broken,
          async *items(options) {
            for await (const item of broken.items(options)) {
              if (++listed === 10) proxy.cut()
              yield item
            }
          },
        },
        sink,
        state,
      }),
    )
    expect(error).toMatchObject({ code: 'connection_lost', retryable: true })
    expect(error.message).toMatch(
      /^postgres: the connection to PostgreSQL failed: .*\. Nothing was deleted; run it again\.$/,
    )
    expect(listed).toBe(10)
    const report = await ingest({ source: make(postgres.url), sink, state })
    expect(report).toMatchObject({ unchanged: 30, indexed: 1 })
  })

  it('fails a listing whose backend is ended between two batches', async () => {
    await fill(4)
    const source = postgresSource({ connection: connection(), query: 'select id from articles', batchSize: 2 })
    const error = await failure(
      (async () => {
        for await (const { id } of source.items()) {
          if (id !== '2') continue
          await client.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
            application,
          ])
          await untilGone()
        }
      })(),
    )
    expect(error).toMatchObject({ code: 'connection_lost', retryable: true })
  })

  it('tries to connect again, and says what went wrong in the end', async () => {
    await fill(1)
    await using proxy = await createProxy(postgres.url)
    proxy.cut()
    const waits: number[] = []
    const clock = {
      now: () => 0,
      async sleep(ms: number, { signal }: { signal?: AbortSignal | undefined } = {}) {
        // Those of a connection that ends in good order.
        if (ms === 2_000)
          return new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
        waits.push(ms)
        if (waits.length === 2) proxy.restore()
      },
    }
    const source = postgresSource({
      connection: connection(proxy.url),
      query: 'select id from articles',
      clock,
      random: () => 0.5,
    })
    expect(await list(source)).toHaveLength(1)
    expect(waits).toEqual([250, 500])
  })

  it('does not hang on a server that says nothing any more', async () => {
    await fill(4)
    await using proxy = await createProxy(postgres.url)
    const clock = { now: () => 0, sleep: async () => setImmediate() }
    const source = postgresSource({
      connection: connection(proxy.url),
      query: 'select id from articles',
      batchSize: 2,
      clock,
    })
    const controller = new AbortController()
    const reason = new Error('enough')
    const listing = (async () => {
      for await (const { id } of source.items({ signal: controller.signal })) {
        if (id !== '2') continue
        proxy.freeze()
        void setImmediate().then(() => controller.abort(reason))
      }
    })()
    await expect(listing).rejects.toBe(reason)
    proxy.thaw()
  })

  it.each([
    ['select 1 as name', 'postgres: the query gives no column "id", but name.'],
    ['select 1 as id, 2 as id', 'postgres: the query gives two columns "id". Name one of them with "as".'],
    ['select id from nowhere', 'postgres: the query failed: relation "nowhere" does not exist (SQLSTATE 42P01).'],
    ['update articles set id = 1', 'postgres: the query failed: syntax error at or near "update" (SQLSTATE 42601).'],
  ])('fails the listing for %s', async (query, message) => {
    const error = await failure(list(postgresSource({ connection: connection(), query })))
    expect(error.message).toBe(message)
    expect(error.retryable).toBe(false)
  })

  it('does not tell its password', async () => {
    const url = new URL(postgres.url)
    url.username = 'nobody_of_that_name'
    url.password = 'very-secret-password'
    const error = await failure(list(postgresSource({ connection: url.href, query: 'select 1 as id', attempts: 1 })))
    expect(JSON.stringify(error) + error.stack + String(error.cause)).not.toContain('very-secret')
  })
})

describe('postgresSource and misuse', () => {
  it.each([
    [{ connection: 5 }, 'Expected "connection" to be a URL, or an object with the settings of a connection.'],
    [
      { connection: 'postgres://me:hun ter2@exa mple:99999/x' },
      'Expected "connection" to be a URL such as "postgres://user@host/database", got none.',
    ],
    [{ query: ' ' }, 'Expected "query" to be a query of SQL, got a string (" ").'],
    [{ batchSize: 0 }, 'Expected "batchSize" to be a whole number from 1, got a number (0).'],
    [{ name: 'a:b' }, 'Expected "name" to be a name without a ":", got a string ("a:b").'],
    [{ batchsize: 5 }, '"options" has no key "batchsize". Did you mean "batchSize"?'],
  ])('refuses %j', (options, message) => {
    expect(() =>
      postgresSource({ connection: 'postgres://localhost/db', query: 'select 1', ...options } as never),
    ).toThrow(new TypeError(message))
  })
})
