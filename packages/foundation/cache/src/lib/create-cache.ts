import { describeValue } from '@empire/errors'
import type { Cache } from './cache.ts'
import { CacheEngine } from './cache-engine.ts'
import type { CacheStore } from './cache-store.ts'
import { type Clock, wallClock } from '@empire/clock'
import { createNamespace } from './create-namespace.ts'
import { expectOptions } from './expect-option.ts'
import type { CacheBus } from './invalidation.ts'
import { rootScope } from './label.ts'
import type { MemoryOptions } from './memory-tier.ts'
import { openStore } from './open-store.ts'

/** What a cache is made of. */
export interface CacheOptions {
  /** Limits of the first tier, in the memory of this process. */
  readonly memory?: MemoryOptions | undefined
  /** The second tier, shared by all processes that use it under the same namespace. Default: there is none. */
  readonly store?: CacheStore | undefined
  /** Carries invalidations to the other processes of the namespace. Without it they do not hear of any. */
  readonly bus?: CacheBus | undefined
  /** Tells caches apart that use the same store or bus. Default: `cache`. */
  readonly namespace?: string | undefined
  /** Milliseconds for which a value is fresh, or `Infinity`. Default: `Infinity`. */
  readonly ttl?: number | undefined
  /** Milliseconds for which a value is kept beyond that, for reads that allow stale ones. Default: as the read that keeps it allows. */
  readonly retain?: number | undefined
  /** Milliseconds for which it is kept that there is no value. Default: it is not. */
  readonly negativeTtl?: number | undefined
  /** The part of a time to live, from 0 to 1, of which a random share is taken off: what was kept together does not end together. Default: 0. */
  readonly jitter?: number | undefined
  /**
   * What happens while the store or the bus is down: `memory` goes on with the first tier alone, `fail` rejects what
   * would need them. Default: `memory`.
   */
  readonly onOutage?: 'memory' | 'fail' | undefined
  /** Milliseconds that the store and the bus may take for an answer before they count as down. Default: 1,000. */
  readonly timeout?: number | undefined
  /** Milliseconds for which a store that was down is left alone, and between attempts to deliver invalidations. Default: 1,000. */
  readonly retryDelay?: number | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
  /** From 0 up to 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
  /** A text that nobody else makes. Default: `crypto.randomUUID`. */
  readonly createId?: (() => string) | undefined
}

/**
 * A cache in memory, with a shared store behind it if there is one.
 *
 * It works at once; with a bus it keeps nothing before it hears the other processes. Close it after its last use.
 *
 * @throws {TypeError} for options that are none.
 */
export function createCache<Value = unknown>(options: CacheOptions = {}): Cache<Value> {
  expectOptions(options, {
    memory: 'object',
    store: 'object',
    bus: 'object',
    namespace: 'name',
    ttl: 'duration',
    retain: 'period',
    negativeTtl: 'duration',
    jitter: 'fraction',
    onOutage: 'outage',
    timeout: 'limit',
    retryDelay: 'limit',
    clock: 'object',
    random: 'function',
    createId: 'function',
  })
  const { memory = {}, store, bus, clock = wallClock, ttl = Infinity, retain, negativeTtl, jitter = 0 } = options
  expectOptions(memory, { entries: 'count', bytes: 'count', sizeOf: 'function', ttl: 'duration' })
  expectMethods('bus', bus, ['publish', 'subscribe'])
  expectMethods('clock', clock, ['now', 'sleep'])
  const engine = new CacheEngine({
    memory,
    store: store && openStore(store),
    bus,
    namespace: options.namespace ?? 'cache',
    onOutage: options.onOutage ?? 'memory',
    timeout: options.timeout ?? 1_000,
    rest: options.retryDelay ?? 1_000,
    clock,
    random: options.random ?? Math.random,
    createId: options.createId ?? (() => crypto.randomUUID()),
  })
  const close = (): Promise<void> => engine.close()
  return Object.freeze({
    ...createNamespace<Value>(engine, rootScope, { ttl, retain, negativeTtl, jitter }),
    statistics: () => engine.statistics.read(),
    close,
    [Symbol.asyncDispose]: close,
  })
}

function expectMethods(name: string, value: object | undefined, methods: readonly string[]): void {
  if (value === undefined) return
  for (const method of methods) {
    const found: unknown = (value as Record<string, unknown>)[method]
    if (typeof found !== 'function') {
      throw new TypeError(`"${name}" must have a method ${method}(), got ${describeValue(found)} there.`)
    }
  }
}
