import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../free-port.ts'
import { startRedis } from '../start-redis.ts'
import { openRedis, type SendRedisCommand } from './open-redis.ts'
import { service, type SqlClient } from './service.ts'
import { type ServiceConnection, withConnection } from './service-connection.ts'

const redis = service('redis')
const postgres = service('postgres')
const nats = service('nats')
const patience = { signal: undefined, timeout: 5_000 }

function onRedis<Result>(url: string, talk: (send: SendRedisCommand) => Promise<Result>): Promise<Result> {
  return withConnection(url, patience, async (connection) => talk(await openRedis(connection, new URL(url))))
}

/** The keys that begin so. */
async function keysOf(url: string, prefix: string): Promise<string[]> {
  return onRedis(url, async (send) => ((await send('KEYS', `${prefix}*`)) as Buffer[]).map(String).toSorted())
}

/** A server that does `serve` with each connection. */
async function listen(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return (server.address() as AddressInfo).port
}

/** Reads until the text has come. */
async function readUntil(connection: ServiceConnection, end: string): Promise<string> {
  let text = ''
  while (!text.includes(end)) text += String(await connection.read())
  return text
}

describe.skipIf(!redis.available)('service on Redis', () => {
  beforeAll(() => redis.setUp())
  afterAll(() => redis.tearDown())

  it('removes all keys of its namespace at the end, of whatever kind, and no others', async () => {
    await using server = await startRedis()
    const corner = service('redis', { env: { EMPIRE_REDIS_URL: server.url } })
    const { namespace } = corner
    await corner.setUp()
    await onRedis(server.url, async (send) => {
      for (let count = 0; count < 2_500; count++) await send('SET', `${namespace}:${count}`, 'x')
      await send('SADD', `${namespace} set`, 'a')
      await send('HSET', `${namespace}{hash}*`, 'a', 'b')
      await send('SET', Buffer.concat([Buffer.from(namespace), Buffer.from([0xff, 0x0d, 0x0a, 0x00])]), 'x')
      await send('SET', `other:${namespace}`, 'x')
      await send('SET', 'empire_test_0', 'x')
    })
    await corner.tearDown()
    expect(await keysOf(server.url, '')).toEqual(['empire_test_0', `other:${namespace}`])
    await corner.tearDown()
  })

  it('logs in, and cleans the database that the URL names', async () => {
    const password = 'p@ss word'
    await using server = await startRedis({ args: ['--requirepass', password] })
    const url = `redis://default:${encodeURIComponent(password)}@127.0.0.1:${server.port}/3`
    const corner = service('redis', { env: { EMPIRE_REDIS_URL: url } })
    await corner.setUp()
    await onRedis(url, (send) => send('SET', corner.namespace, 'x'))
    await corner.tearDown()
    expect(await keysOf(url, '')).toEqual([])

    const wrong = service('redis', { env: { EMPIRE_REDIS_URL: `redis://:hunter2@127.0.0.1:${server.port}` } })
    const place = `127.0.0.1:${server.port}`
    await expect(wrong.setUp()).rejects.toMatchObject({
      code: 'service_unavailable',
      message: `Expected the Redis at ${place}, which EMPIRE_REDIS_URL names, to answer, got "WRONGPASS invalid username-password pair or user is disabled.". Start it, or correct EMPIRE_REDIS_URL.`,
    })
  })

  it('leaves the keys of the shared Redis that are not its own', async () => {
    const other = service('redis')
    await onRedis(redis.url, (send) => send('SET', `${redis.namespace}:a`, 'x'))
    await other.tearDown()
    expect(await keysOf(redis.url, redis.namespace)).toEqual([`${redis.namespace}:a`])
  })
})

describe.skipIf(!postgres.available)('service on PostgreSQL', () => {
  it('gives a test a schema of its own, and drops it with all that is in it', async () => {
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    await postgres.setUp(client)
    await client.query('CREATE TABLE notes (text text)')
    await client.query("INSERT INTO notes VALUES ('a')")
    const tables = async (): Promise<unknown[]> =>
      (await client.query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [postgres.namespace])).rows
    expect(await tables()).toEqual([{ tablename: 'notes' }])

    // Another corner of the same database does not see it.
    const other = service('postgres')
    const stranger = new Client({ connectionString: other.url })
    await stranger.connect()
    await other.setUp(stranger)
    await expect(stranger.query('SELECT * FROM notes')).rejects.toThrow('relation "notes" does not exist')
    await other.tearDown()
    await stranger.end()

    await postgres.tearDown()
    expect(await tables()).toEqual([])
    await client.end()
  })
})

describe.skipIf(!nats.available)('service on NATS', () => {
  it('answers, and carries messages under the namespace', async () => {
    await nats.setUp()
    const subject = `${nats.namespace}.news`
    const heard = await withConnection(nats.url, patience, async (connection) => {
      await readUntil(connection, 'INFO ')
      connection.write(`CONNECT {"verbose":false}\r\nSUB ${subject} 1\r\nPUB ${subject} 5\r\nhello\r\nPING\r\n`)
      return readUntil(connection, 'PONG\r\n')
    })
    expect(heard).toContain(`MSG ${subject} 1 5\r\nhello\r\n`)
    await nats.tearDown()
  })
})

describe('setUp', () => {
  const client: SqlClient = { query: () => expect.fail('nobody is asked') }

  it.each(['redis', 'postgres', 'nats'] as const)('fails at once where no %s listens', async (name) => {
    const port = await freePort()
    const variable = `EMPIRE_${name.toUpperCase()}_URL`
    const title = { redis: 'Redis', postgres: 'PostgreSQL', nats: 'NATS' }[name]
    const env = { [variable]: `${name}://user:hunter2@127.0.0.1:${port}/`, EMPIRE_REQUIRE_SERVICES: name }
    const corner = service(name, { env })
    await expect(corner.setUp(client)).rejects.toMatchObject({
      code: 'service_unavailable',
      details: { service: name },
      message: `Expected the ${title} at 127.0.0.1:${port}, which ${variable} names, to answer, got "connect ECONNREFUSED 127.0.0.1:${port}". Start it, or correct ${variable}.`,
      cause: { code: 'ECONNREFUSED' },
    })
  })

  it.each(['redis', 'nats'] as const)('fails where something is silent in the place of %s', async (name) => {
    const port = await listen(() => {})
    const corner = service(name, { env: { [`EMPIRE_${name.toUpperCase()}_URL`]: `${name}://127.0.0.1:${port}` } })
    await expect(corner.setUp(undefined, { timeout: 20 })).rejects.toThrow('got "no answer within 20 ms".')
  })

  it.each([
    ['redis', 'HTTP/1.1 400 Bad Request\r\n', 'another reply than those of Redis'],
    ['nats', 'HTTP/1.1 400 Bad Request\r\n', 'another greeting than that of NATS'],
    ['redis', '', 'the end of the connection'],
    ['nats', '', 'the end of the connection'],
  ] as const)('fails where something else is in the place of %s and says %j', async (name, text, came) => {
    const port = await listen((socket) => socket.end(text))
    const corner = service(name, { env: { [`EMPIRE_${name.toUpperCase()}_URL`]: `${name}://127.0.0.1:${port}` } })
    await expect(corner.setUp()).rejects.toThrow(`got "${came}".`)
  })

  it('gives up when the signal is aborted, with its reason', async () => {
    const port = await listen(() => controller.abort(reason))
    const controller = new AbortController()
    const reason = new Error('enough')
    const corner = service('nats', { env: { EMPIRE_NATS_URL: `nats://127.0.0.1:${port}` } })
    await expect(corner.setUp(undefined, { signal: controller.signal })).rejects.toBe(reason)
    await expect(corner.setUp(undefined, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    await expect(corner.tearDown(undefined, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('says what is missing for PostgreSQL', async () => {
    const corner = service('postgres', { env: { EMPIRE_POSTGRES_URL: 'postgres://127.0.0.1/test' } })
    const message = '"client" must have a function "query" that runs SQL on the PostgreSQL, got undefined.'
    await expect(corner.setUp()).rejects.toThrow(new TypeError(message))
    await expect(corner.tearDown()).rejects.toThrow(new TypeError(message))
  })

  it.each([0, -1, Number.NaN, '5'])('refuses the timeout %j', async (timeout) => {
    const corner = service('redis', { env: { EMPIRE_REDIS_URL: 'redis://127.0.0.1:1' } })
    await expect(corner.setUp(undefined, { timeout: timeout as number })).rejects.toThrow(
      '"timeout" must be a number of milliseconds above 0, got',
    )
  })

  it('fails where there is no service, and tearDown has nothing to do there', async () => {
    const corner = service('redis', { env: {}, print: () => {} })
    await expect(corner.setUp()).rejects.toMatchObject({ code: 'service_unavailable', message: corner.reason })
    await expect(corner.tearDown()).resolves.toBeUndefined()
  })
})

describe('tearDown', () => {
  it('fails where the Redis has gone in the meantime', async () => {
    const env = { EMPIRE_REDIS_URL: `redis://127.0.0.1:${await freePort()}` }
    await expect(service('redis', { env }).tearDown()).rejects.toMatchObject({ code: 'service_unavailable' })
  })

  it('reads replies of Redis that come in any pieces', async () => {
    const asked: string[] = []
    const key = `empire_test_${randomUUID()}`
    const port = await listen((socket) => {
      const answers = ['+PONG\r\n', `*2\r\n$1\r\n0\r\n*1\r\n$${key.length}\r\n${key}\r\n`, ':1\r\n']
      socket.on('data', (data) => {
        asked.push(String(data))
        for (const byte of answers.shift() ?? '') socket.write(byte)
      })
    })
    await service('redis', { env: { EMPIRE_REDIS_URL: `redis://127.0.0.1:${port}` } }).tearDown()
    expect(asked.at(-1)).toBe(`*2\r\n$6\r\nUNLINK\r\n$${key.length}\r\n${key}\r\n`)
  })
})
