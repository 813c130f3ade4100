import { createCache } from '@empire/cache'
import { createRedisStore } from '@empire/cache-redis'
import { createContext } from '@empire/context'
import { service } from '@empire/test-support'
import type { TokenCounter } from '@empire/tokens'
import { type CachedTokenCounter, withCountCache } from '@empire/tokens/count-cache'
import { createGptCounter } from '@empire/tokens-gpt'
import { afterAll, beforeAll, describe, expect, it, type Mock, onTestFinished, vi } from 'vitest'

const redis = service('redis')

/** What a process has: a counter of its own, and a cache on the Redis that all share. */
function startProcess(namespace: string): { count: Mock<TokenCounter['count']>; shared: CachedTokenCounter } {
  const counter = createGptCounter()
  const count = vi.fn<TokenCounter['count']>(counter.count)
  const store = createRedisStore({ url: redis.url })
  const cache = createCache({ store, namespace })
  onTestFinished(async () => {
    await cache.close()
    await store.close()
  })
  return { count, shared: withCountCache({ ...counter, count }, cache) }
}

describe.skipIf(!redis.available)('withCountCache on Redis', () => {
  beforeAll(() => redis.setUp())
  afterAll(() => redis.tearDown())

  const text = 'A long document, that many processes read. '.repeat(200)

  it('counts a text once among all processes, models of one encoding together', async () => {
    const namespace = `${redis.namespace}:counts:${crypto.randomUUID()}`
    const [here, there] = [startProcess(namespace), startProcess(namespace)]
    const tokens = createGptCounter().count(text)
    expect(await here.shared.count(text, { model: 'gpt-4o' })).toBe(tokens)
    expect(await there.shared.count(text, { model: 'gpt-4o-mini' })).toBe(tokens)
    expect(await there.shared.count(text)).toBe(tokens)
    expect([here.count.mock.calls.length, there.count.mock.calls.length]).toEqual([1, 0])
    expect(await there.shared.count(text, { model: 'gpt-4' })).toBe(createGptCounter({ model: 'gpt-4' }).count(text))
    expect(there.count).toHaveBeenCalledTimes(1)
  })

  it('gives a context the counts that another process has made', async () => {
    const namespace = `${redis.namespace}:counts:${crypto.randomUUID()}`
    const [here, there] = [startProcess(namespace), startProcess(namespace)]
    await here.shared.count(text, { model: 'gpt-4o' })

    const tokenCounter = await there.shared.preload([text], { model: 'gpt-4o' })
    const context = createContext({ model: 'gpt-4o', tokenCounter }).user(text)
    expect(context.tokenCount()).toBe(
      createContext({ model: 'gpt-4o', tokenCounter: createGptCounter() }).user(text).tokenCount(),
    )
    expect(there.count).not.toHaveBeenCalled()
  })
})
