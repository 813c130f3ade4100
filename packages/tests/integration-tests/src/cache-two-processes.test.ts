import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { CacheStatistics } from '@empire/cache'
import { createRandom, service, startRedis } from '@empire/test-support'
import { describe, expect, it } from 'vitest'

const redis = service('redis')

/** A process with a cache on Redis, whose loads ask the test for the present value. */
const program = `
  import { createRedisBus } from '@empire/bus-redis'
  import { createCache } from '@empire/cache'
  import { createRedisStore } from '@empire/cache-redis'
  const url = process.env.URL
  const cache = createCache({
    store: createRedisStore({ url }), bus: createRedisBus({ url }), timeout: 500, retryDelay: 20,
  })
  const loads = new Map()
  let last = 0
  const load = (key) => new Promise((resolve) => {
    loads.set(++last, resolve)
    process.send({ load: last, key })
  })
  const actions = {
    read: (key) => cache.getOrSet(key, () => load(key), { tags: ['tag of ' + key] }),
    derive: (key) => cache.getOrSet('derived ' + key, () => actions.read(key), { dependsOn: [key] }),
    invalidate: (key) => cache.invalidate({ key, tag: 'tag of ' + key }),
    statistics: () => cache.statistics(),
  }
  process.on('message', async ({ id, action, key, loaded, value }) => {
    if (loaded !== undefined) return loads.get(loaded)(value)
    process.send({ id, result: await actions[action](key) })
  })
  process.on('disconnect', () => process.exit())
  process.send({ id: 0 })
`

type Action = 'read' | 'derive' | 'invalidate' | 'statistics'

class Peer {
  readonly #child: ChildProcess
  readonly #answers = new Map<number, (result: unknown) => void>()
  #last = 0

  constructor(url: string, look: (key: string) => number) {
    this.#child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: import.meta.dirname,
      env: { ...process.env, URL: url },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child.on('message', (message: { id?: number; result?: unknown; load?: number; key?: string }) => {
      if (message.load !== undefined) this.#child.send({ loaded: message.load, value: look(message.key ?? '') })
      else this.#answers.get(message.id ?? 0)?.(message.result)
    })
  }

  async ready(): Promise<void> {
    await new Promise((resolve) => this.#answers.set(0, resolve))
  }

  call(action: Action, key = ''): Promise<unknown> {
    const id = ++this.#last
    const answer = new Promise((resolve) => this.#answers.set(id, resolve))
    this.#child.send({ id, action, key })
    return answer
  }

  async end(): Promise<void> {
    this.#child.disconnect()
    await once(this.#child, 'exit')
  }
}

/** The long form is in cache-two-processes.faults.test.ts. */
const { count, restarts } =
  process.env['EMPIRE_TEST_FAULTS'] === '1' ? { count: 4, restarts: 30 } : { count: 2, restarts: 3 }

describe.skipIf(!redis.available)(`${count} processes on a Redis that is restarted`, () => {
  it('never see what they have invalidated, and agree in the end', { timeout: restarts * 20_000 }, async () => {
    await using server = await startRedis()
    const random = createRandom('two processes')
    const keys = ['a', 'b', 'c', 'd']
    const source = new Map(keys.map((key) => [key, 0]))
    const look = (key: string): number => source.get(key) ?? -1
    const peers = Array.from({ length: count }, () => new Peer(server.url, look))
    await Promise.all(peers.map((peer) => peer.ready()))

    const stale: string[] = []

    async function work(peer: Peer, rounds: number): Promise<void> {
      for (let round = 0; round < rounds; round++) {
        const key = random.pick(keys)
        if (random.boolean(0.3)) source.set(key, look(key) + 1)
        // What this process has been told before, it must not fall behind.
        if (random.boolean(0.3)) {
          const version = look(key)
          await peer.call('invalidate', key)
          for (const action of ['read', 'derive'] as const) {
            const found = await peer.call(action, key)
            if (Number(found) < version) stale.push(`${action} ${key}: ${String(found)} after ${version}`)
          }
        } else {
          await peer.call(random.pick(['read', 'derive']), key)
        }
      }
    }

    for (let restart = 0; restart < restarts; restart++) {
      await Promise.all(peers.map((peer) => work(peer, 60)))
      const working = peers.map((peer) => work(peer, 60))
      await server.stop(random.pick(['SIGTERM', 'SIGKILL']))
      await Promise.all(peers.map((peer) => peer.call('read', 'a')))
      await server.start()
      await Promise.all(working)
    }

    expect(stale).toEqual([])
    const [one, other] = peers as [Peer, Peer]
    for (const key of keys) {
      source.set(key, look(key) + 1)
      await one.call('invalidate', key)
      // The message may be on its way: each look is a round trip to the other process.
      while ((await other.call('derive', key)) !== look(key));
      expect(await one.call('read', key)).toBe(look(key))
    }
    const gaps = async (): Promise<number> => ((await one.call('statistics')) as CacheStatistics).gaps
    await expect.poll(gaps, { timeout: 10_000 }).toBeGreaterThanOrEqual(restarts)
    await Promise.all(peers.map((peer) => peer.end()))
  })
})
