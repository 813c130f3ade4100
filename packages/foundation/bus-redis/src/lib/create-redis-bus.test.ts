import { connect, createServer, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { once } from 'node:events'
import { type Bus, BusClosedError, BusUnavailableError, type Gap } from '@empire/bus'
import { busCases } from '@empire/bus/conformance'
import { createProxy, freePort, service, startRedis } from '@empire/test-support/services'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { busRedisEvents } from './bus-redis-events.ts'
import { createRedisBus, type RedisBusOptions } from './create-redis-bus.ts'

const redis = service('redis')
const open: Bus[] = []

function createBus(options: RedisBusOptions): Bus {
  const bus = createRedisBus({ prefix: `${redis.namespace}:`, ...options })
  open.push(bus)
  return bus
}

/** What a listener heard and missed, and a way to wait for it. */
async function listen(bus: Bus, topic: string) {
  const heard: unknown[] = []
  const gaps: Gap[] = []
  let next = Promise.withResolvers<void>()
  const note = <Item>(list: Item[], item: Item): void => {
    list.push(item)
    next.resolve()
    next = Promise.withResolvers()
  }
  const subscription = await bus.subscribe(topic, (payload) => note(heard, payload), {
    onGap: (gap) => note(gaps, gap),
  })
  async function until(isReached: () => boolean): Promise<void> {
    while (!isReached()) await next.promise
  }
  return { heard, gaps, subscription, until }
}

afterEach(async () => {
  vi.unstubAllGlobals()
  await Promise.all(open.splice(0).map((bus) => bus.close()))
})

describe.skipIf(!redis.available)('createRedisBus on a shared Redis', () => {
  beforeAll(() => redis.setUp())

  const proxies: Awaited<ReturnType<typeof createProxy>>[] = []
  let places = 0

  const cases = redis.available
    ? busCases({
        async connect() {
          const proxy = await createProxy(redis.url)
          proxies.push(proxy)
          const prefix = `${redis.namespace}:${(places += 1)}:`
          return [createBus({ url: proxy.url, prefix }), createBus({ url: proxy.url, prefix })]
        },
        async interrupt() {
          proxies.at(-1)?.cut()
          proxies.at(-1)?.restore()
        },
      })
    : []

  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()))
  })

  it.each(cases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('keeps buses of different prefixes apart', async () => {
    const [one, other] = ['one:', 'other:'].map((prefix) =>
      createBus({ url: redis.url, prefix: redis.namespace + prefix }),
    )
    const there = await listen(other!, 'news')
    await one!.publish('news', 1)
    await other!.publish('news', 2)
    await there.until(() => there.heard.length > 0)
    expect(there.heard).toEqual([2])
  })

  it('tells of a gap when a message comes that no bus has sent', async () => {
    const bus = createBus({ url: redis.url })
    const { gaps, until } = await listen(bus, 'news')
    const raw = await connectRaw(redis.url)
    raw.write(`PUBLISH ${redis.namespace}:news {broken\r\n`)
    await until(() => gaps.length > 0)
    raw.destroy()
    expect(gaps).toEqual([{ topic: 'news', reason: 'unreadable' }])
  })

  it('tells of one gap per loss, also when it is lost again and again', async () => {
    await using proxy = await createProxy(redis.url)
    const bus = createBus({ url: proxy.url })
    const { gaps, heard, until } = await listen(bus, 'news')
    for (const round of [1, 2, 3]) {
      proxy.cut()
      proxy.restore()
      await until(() => gaps.length === round)
      await bus.publish('news', round)
      await until(() => heard.length === round)
    }
    expect(gaps).toHaveLength(3)
  })

  it('notices a connection that is silent, and tells of the gap', async () => {
    await using proxy = await createProxy(redis.url)
    const noticed = Promise.withResolvers<BusUnavailableError>()
    const bus = createBus({ url: proxy.url, timeout: 100, onConnectionError: noticed.resolve })
    const { gaps, until } = await listen(bus, 'news')
    proxy.freeze()
    await expect(noticed.promise).resolves.toMatchObject({ code: 'bus_unavailable' })
    proxy.thaw()
    await until(() => gaps.length > 0)
    expect(gaps[0]).toEqual({ topic: 'news', reason: 'reconnected' })
  })

  it('gives up a subscription that begins too late, or whose signal is aborted', async () => {
    await using proxy = await createProxy(redis.url)
    proxy.cut()
    const bus = createBus({ url: proxy.url, timeout: 50 })
    const heard: unknown[] = []
    const reason = new Error('the user left')
    const controller = new AbortController()
    const aborted = bus.subscribe('news', (payload) => void heard.push(payload), { signal: controller.signal })
    const late = bus.subscribe('news', (payload) => void heard.push(payload))
    controller.abort(reason)
    await expect(aborted).rejects.toBe(reason)
    await expect(late).rejects.toThrow(BusUnavailableError)
    proxy.restore()
    const after = await listen(createBus({ url: redis.url }), 'news')
    await createBus({ url: redis.url }).publish('news', 1)
    await after.until(() => after.heard.length > 0)
    expect(heard).toEqual([])
  })

  it('sends what waited for the connection in the order it was published', async () => {
    await using proxy = await createProxy(redis.url)
    proxy.cut()
    const bus = createBus({ url: proxy.url })
    const there = await listen(createBus({ url: redis.url }), 'count')
    const numbers = Array.from({ length: 100 }, (_, number) => number)
    const published = numbers.map((number) => bus.publish('count', number))
    proxy.restore()
    await Promise.all(published)
    await there.until(() => there.heard.length === numbers.length)
    expect(there.heard).toEqual(numbers)
  })

  it('does not send a message that was given up', async () => {
    await using proxy = await createProxy(redis.url)
    proxy.cut()
    const bus = createBus({ url: proxy.url, timeout: 10_000 })
    const there = await listen(createBus({ url: redis.url }), 'news')
    const controller = new AbortController()
    const aborted = bus.publish('news', 'given up', { signal: controller.signal })
    const kept = bus.publish('news', 'kept')
    controller.abort('too late')
    await expect(aborted).rejects.toBe('too late')
    proxy.restore()
    await kept
    await there.until(() => there.heard.length > 0)
    expect(there.heard).toEqual(['kept'])
  })

  it('leaves no socket and no timer behind', async () => {
    const timers = trackTimers()
    const before = countSockets()
    const bus = createBus({ url: redis.url })
    await listen(bus, 'news')
    await bus.publish('news', 1)
    expect(countSockets()).toBeGreaterThan(before)
    await bus.close()
    expect(countSockets()).toBe(before)
    expect(timers.size).toBe(0)
  })

  it('sends what is on its way before it closes', async () => {
    const bus = createBus({ url: redis.url })
    const there = await listen(createBus({ url: redis.url }), 'news')
    await bus.publish('news', 'first')
    const published = bus.publish('news', 'last')
    await bus.close()
    await published
    await there.until(() => there.heard.length === 2)
    expect(there.heard).toEqual(['first', 'last'])
  })
})

describe.skipIf(!redis.available)('createRedisBus on a Redis of its own', () => {
  it('hears again after Redis was restarted, and is told of the gap', async () => {
    await using server = await startRedis()
    const bus = createBus({ url: server.url })
    const { gaps, heard, until } = await listen(bus, 'news')
    await bus.publish('news', 1)
    await until(() => heard.length === 1)
    await server.stop('SIGKILL')
    await server.start()
    await until(() => gaps.length === 1)
    await bus.publish('news', 2)
    await until(() => heard.length === 2)
    expect({ heard, gaps }).toEqual({ heard: [1, 2], gaps: [{ topic: 'news', reason: 'reconnected' }] })
  })

  it.each(['CLIENT KILL TYPE pubsub', 'CONFIG SET client-output-buffer-limit "pubsub 1kb 0 0"'])(
    'tells subscribers of the gap when Redis itself breaks their connection: %s',
    async (command) => {
      await using server = await startRedis()
      const bus = createBus({ url: server.url })
      const { gaps, heard, until } = await listen(bus, 'news')
      const raw = await connectRaw(server.url)
      raw.write(`${command}\r\n`)
      await once(raw, 'data')
      raw.destroy()
      // More than its buffer may hold, if it has a limit.
      await bus.publish('news', 'x'.repeat(10_000_000))
      await until(() => gaps.length > 0)
      await bus.publish('news', 'again')
      await until(() => heard.at(-1) === 'again')
      expect(gaps).toEqual([{ topic: 'news', reason: 'reconnected' }])
    },
  )

  it('has events for its connections, without the password', async () => {
    await using server = await startRedis({ args: ['--requirepass', 'word'] })
    const told: unknown[] = []
    const stop = busRedisEvents.connection.subscribe(({ state, use, address }) => told.push({ state, use, address }))
    const failed = Promise.withResolvers<unknown>()
    const bus = createBus({ url: `redis://:word@127.0.0.1:${server.port}`, onConnectionError: failed.resolve })
    await bus.publish('news', 1)
    await server.stop('SIGKILL')
    await failed.promise
    stop()
    const use = 'publish'
    const address = `127.0.0.1:${server.port}`
    expect(told.slice(0, 3)).toEqual(['ready', 'lost', 'failed'].map((state) => ({ state, use, address })))
  })

  it('rejects what is published while Redis is down, once the time is over', async () => {
    await using server = await startRedis()
    const bus = createBus({ url: server.url, timeout: 50 })
    await bus.publish('news', 1)
    await server.stop()
    const error = await bus.publish('news', 2).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BusUnavailableError)
    expect(error).toMatchObject({ code: 'bus_unavailable', retryable: true })
  })

  it('shows the password neither in errors nor in itself', async () => {
    await using server = await startRedis({ args: ['--requirepass', 'the right one'] })
    const url = `redis://default:p%40ss-w0rd@127.0.0.1:${server.port}`
    const connectionErrors: unknown[] = []
    const bus = createBus({ url, timeout: 200, onConnectionError: (error) => connectionErrors.push(error) })
    const refused = await bus.publish('news', 1).catch((reason: unknown) => reason)
    expect(refused).toMatchObject({ code: 'bus_unavailable' })
    expect(String(refused)).toContain('WRONGPASS')
    const shown = inspect([refused, connectionErrors, bus], { depth: 20, showHidden: true })
    expect(shown).not.toContain('p@ss-w0rd')
    expect(shown).not.toContain('p%40ss-w0rd')
  })

  it('tells when Redis refuses the user', async () => {
    await using server = await startRedis()
    const raw = await connectRaw(server.url)
    raw.write('ACL SETUSER reader on >word ~* +@all -publish resetchannels &empire:allowed\r\n')
    await once(raw, 'data')
    raw.destroy()
    const bus = createRedisBus({ url: `redis://reader:word@127.0.0.1:${server.port}` })
    open.push(bus)
    await bus.subscribe('allowed', () => {})
    await expect(bus.subscribe('forbidden', () => {})).rejects.toMatchObject({
      code: 'bus_unavailable',
      retryable: false,
    })
    await expect(bus.publish('allowed', 1)).rejects.toMatchObject({ code: 'bus_unavailable', retryable: false })
  })
})

describe('createRedisBus without a Redis', () => {
  it('tells why there is no connection', async () => {
    const port = await freePort()
    const errors: BusUnavailableError[] = []
    const bus = createBus({
      url: `redis://127.0.0.1:${port}`,
      timeout: 50,
      onConnectionError: (error) => errors.push(error),
    })
    await expect(bus.publish('news', 1)).rejects.toThrow(
      `Expected Redis at 127.0.0.1:${port} to publish within 50 ms, got: connect ECONNREFUSED 127.0.0.1:${port}. Nothing was sent: try again later.`,
    )
    await expect(bus.subscribe('news', () => {})).rejects.toThrow(
      `Expected Redis at 127.0.0.1:${port} to listen within 50 ms, got: connect ECONNREFUSED 127.0.0.1:${port}. Nothing was sent: try again later.`,
    )
    expect(errors[0]?.message).toBe(
      `Expected Redis at 127.0.0.1:${port} to be reachable, got: connect ECONNREFUSED 127.0.0.1:${port}. Connecting goes on.`,
    )
  })

  it('ends all waiting when it is closed', async () => {
    const bus = createBus({ url: `redis://127.0.0.1:${await freePort()}` })
    const published = bus.publish('news', 1)
    const subscribed = bus.subscribe('news', () => {})
    await Promise.all([
      expect(published).rejects.toThrow(BusClosedError),
      expect(subscribed).rejects.toThrow(BusClosedError),
      bus.close(),
    ])
  })

  it('says that a message may have been heard, when the connection is lost before the answer', async () => {
    await using server = await startServer((command) => (command.includes('publish') ? undefined : '+OK\r\n'))
    const bus = createBus({ url: server.url })
    await expect(bus.publish('news', 1)).rejects.toThrow(
      `Expected Redis at 127.0.0.1:${server.port} to answer, but the connection was lost. The message may have been heard or not: publish again what may be heard twice.`,
    )
  })

  it('hides a password that the server repeats', async () => {
    await using server = await startServer((command) => `-ERR what is ${command.replaceAll(/\s+/g, ' ')}?\r\n`)
    const errors: BusUnavailableError[] = []
    const url = `redis://ada:p%40ss-w0rd@127.0.0.1:${server.port}`
    const bus = createBus({ url, timeout: 100, onConnectionError: (error) => errors.push(error) })
    const error = await bus.publish('news', 1).catch((reason: unknown) => reason)
    expect(String(error)).toContain('[redacted]')
    expect(inspect([error, errors], { depth: 20, showHidden: true })).not.toContain('p@ss-w0rd')
  })

  it('leaves nothing open behind it', async () => {
    const timers = trackTimers()
    const bus = createBus({ url: `redis://127.0.0.1:${await freePort()}`, timeout: 20 })
    await expect(bus.publish('news', 1)).rejects.toThrow(BusUnavailableError)
    await bus.close()
    expect(countSockets()).toBe(0)
    expect(timers.size).toBe(0)
  })

  it.each([
    [undefined, '"options" must be an object with a "url", got undefined.'],
    [
      {},
      '"url" must be a URL such as redis://localhost:6379, or rediss://user:password@host:6380 for an encrypted connection, got undefined.',
    ],
    [
      { url: 'secret@host' },
      '"url" must be a URL such as redis://localhost:6379, or rediss://user:password@host:6380 for an encrypted connection, got a string that is none.',
    ],
    [
      { url: 'http://a:secret@host' },
      '"url" must be a URL such as redis://localhost:6379, or rediss://user:password@host:6380 for an encrypted connection, got one that begins with http://.',
    ],
    [
      { url: 'redis://' },
      '"url" must be a URL such as redis://localhost:6379, or rediss://user:password@host:6380 for an encrypted connection, got one without a host.',
    ],
    [
      { url: 'redis://host?password=secret' },
      '"url" must be a URL such as redis://localhost:6379, or rediss://user:password@host:6380 for an encrypted connection, got one with settings after "?" or "#".',
    ],
    [{ url: 'redis://host', prefix: 1 }, '"prefix" must be a well-formed string, got a number (1).'],
    [
      { url: 'redis://host', timeout: 0 },
      '"timeout" must be a whole number of milliseconds from 1 to 2147483647, got a number (0).',
    ],
    [{ url: 'redis://host', onError: 'log' }, '"onError" must be a function, got a string ("log").'],
    [
      { url: 'redis://host', onConnectionError: 'log' },
      '"onConnectionError" must be a function, got a string ("log").',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => createRedisBus(options as RedisBusOptions)).toThrow(new TypeError(message))
  })
})

/** Sockets and timers that keep the process alive. */
function countSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length
}

/** The timers that were set from now on, and have neither fired nor been cleared. */
function trackTimers(): ReadonlySet<unknown> {
  const { setTimeout, clearTimeout } = globalThis
  const pending = new Set<unknown>()
  vi.stubGlobal('setTimeout', (run: () => void, delay: number) => {
    const timer = setTimeout(() => {
      pending.delete(timer)
      run()
    }, delay)
    pending.add(timer)
    return timer
  })
  vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout | undefined) => {
    pending.delete(timer)
    clearTimeout(timer)
  })
  return pending
}

async function connectRaw(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return socket
}

/** Answers each chunk it gets; without an answer it breaks the connection. */
async function startServer(answer: (command: string) => string | undefined) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.setEncoding('utf8').on('data', (text: string) => {
      const reply = answer(text.toLowerCase())
      if (reply === undefined) return socket.destroy()
      // One reply per command that came.
      socket.write(reply.repeat(text.match(/^\*\d+\r$/gm)?.length ?? 1))
    })
  })
  const port = await freePort()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
