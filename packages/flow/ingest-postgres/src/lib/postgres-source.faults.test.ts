import { createMemoryState, functionSink, ingest } from '@empire/ingest'
import { createProxy, createRandom, service } from '@empire/test-support'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresSource } from './postgres-source.ts'

const postgres = service('postgres')
const seeds = Array.from({ length: 10 }, (_, index) => `postgres ${index}`)

describe.skipIf(!postgres.available)('postgresSource, whose connections are cut at random', () => {
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

  it.each(seeds)('ends with exactly what the table has, and leaves no connection: %s', async (seed) => {
    const { integer, boolean } = createRandom(seed)
    await using proxy = await createProxy(postgres.url)
    await client.query('create table items (id int primary key, body text, changed int)')
    await client.query(`insert into items select n, 'Body ' || n, 0 from generate_series(1, 2000) n`)
    const application = `faults-${seed.replace(' ', '-')}`
    const source = postgresSource({
      connection: { connectionString: proxy.url, application_name: application },
      query: 'select * from items order by id',
      version: 'changed',
      content: 'body',
      batchSize: 50,
      random: () => 0,
    })
    const kept = new Map<string, string>()
    const state = createMemoryState()
    let countdown = Infinity
    const sink = functionSink(
      async ({ itemId }, chunks) => {
        for await (const { text } of chunks) kept.set(itemId, text)
        if (countdown-- === 0) proxy.cut()
      },
      (ids) => {
        for (const id of ids) kept.delete(id.slice(id.indexOf(':') + 1))
      },
    )

    const failures: unknown[] = []
    for (let run = 0; run < 12; run++) {
      await client.query(`update items set body = body || '.', changed = changed + 1 where id % 20 = $1`, [
        integer(0, 19),
      ])
      await client.query('delete from items where id % 97 = $1', [integer(0, 96)])
      countdown = run < 11 && boolean(0.7) ? integer(0, 100) : Infinity
      const failed = await ingest({ source, sink, state }).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (failed !== undefined) failures.push(failed)
      proxy.restore()
    }
    expect(failures.length).toBeGreaterThan(0)
    for (const failed of failures) expect(failed).toMatchObject({ code: 'connection_lost' })
    const { rows } = await client.query<{ id: number; body: string }>('select id, body from items')
    expect(kept).toEqual(new Map(rows.map(({ id, body }) => [String(id), body])))
    await expect
      .poll(
        async () =>
          (await client.query('select 1 from pg_stat_activity where application_name = $1', [application])).rows,
      )
      .toEqual([])
    await client.query('drop table items')
  })
})
