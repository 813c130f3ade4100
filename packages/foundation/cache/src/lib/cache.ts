import type { CacheStatistics } from './statistics.ts'

/** How long something waits. */
export interface WaitingOptions {
  /** Gives up waiting, with its own reason. */
  readonly signal?: AbortSignal | undefined
}

/** How a value is kept. */
export interface KeepOptions {
  /** Milliseconds for which the value is fresh, or `Infinity`. Default: that of the cache. */
  readonly ttl?: number | undefined
  /**
   * Milliseconds for which it is kept beyond that, for reads that allow a stale value.
   * Default: that of the cache, or else as long as this very read allows.
   */
  readonly retain?: number | undefined
  /** Names under which it can be invalidated together with others. */
  readonly tags?: readonly string[] | undefined
  /** Keys, of this namespace and cached or not, that it is derived from: when one is invalidated or set, it ends too.
   * It also ends with what those in the cache depend on at the time. */
  readonly dependsOn?: readonly string[] | undefined
}

/** How a value is set. */
export interface SetOptions extends KeepOptions, WaitingOptions {}

/** How a value is read, loaded and kept. */
export interface GetOrSetOptions extends KeepOptions, WaitingOptions {
  /** Milliseconds for which it is kept that there is no value. Default: that of the cache, or else it is not. */
  readonly negativeTtl?: number | undefined
  /** Allows a value that is too old by at most so many milliseconds, at once, while a new one is loaded behind it. */
  readonly staleWhileRevalidate?: number | undefined
  /** Allows a value that is too old by at most so many milliseconds when loading fails or takes too long. */
  readonly staleIfError?: number | undefined
  /** Milliseconds after which a value that `staleIfError` allows will do. The load goes on. */
  readonly softTimeout?: number | undefined
  /** Milliseconds after which this call gives up, with a `LoadTimeoutError` unless `staleIfError` has something. */
  readonly hardTimeout?: number | undefined
}

/** What a load is told. */
export interface LoadContext {
  /** Aborted when every caller that waited for the load has given up, or the cache is closed. */
  readonly signal: AbortSignal
}

/** What to invalidate: one of them, or several. */
export interface InvalidationTarget {
  /** Keys, and with them all that depends on them. */
  readonly key?: string | readonly string[] | undefined
  /** Tags. */
  readonly tag?: string | readonly string[] | undefined
  /** Keys that have changed outside of the cache: what depends on them ends, they themselves stay. */
  readonly dependency?: string | readonly string[] | undefined
}

/**
 * A part of a cache with keys and tags of its own.
 *
 * Values are given as they are, not copied: do not change them. With a store they must be JSON data. `undefined` is no
 * value. Every method rejects with a `TypeError` for arguments that are none, with a `CacheClosedError` after `close()`,
 * and with the reason of its signal; it works without the object: `const { get } = cache`.
 */
export interface CacheNamespace<Value = unknown> {
  /**
   * The fresh value of a key, or `undefined`.
   *
   * @throws {CacheStoreError} when the store is needed but down, and `onOutage` is `fail`.
   */
  get<Found extends Value = Value>(key: string, options?: WaitingOptions): Promise<Found | undefined>
  /**
   * The fresh value of a key, loaded if there is none: once for all who ask meanwhile.
   *
   * The options of the first who asks rule the load. Each caller has its own signal and timeouts: a load is aborted only
   * when the last of its callers has given up. A value that was invalidated while it was being loaded is given to those
   * who had asked before, and is not kept. What the load throws is thrown, and not kept.
   *
   * @throws {CacheStoreError} when the store is needed but down, and `onOutage` is `fail`.
   * @throws {LoadTimeoutError} after the hard timeout.
   * @throws {LoadCycleError} when `load` asks for its own key, by itself or through other loads.
   */
  getOrSet<Loaded extends Value | undefined>(
    key: string,
    load: (context: LoadContext) => Loaded | Promise<Loaded>,
    options?: GetOrSetOptions,
  ): Promise<Loaded>
  /**
   * Keeps a value, and invalidates what was there before and all that depends on it.
   *
   * @throws {CacheStoreError | CacheBusError} when the store or the bus is down, and `onOutage` is `fail`.
   */
  set(key: string, value: Value & ({} | null), options?: SetOptions): Promise<void>
  /**
   * Ends entries, in both tiers and in all processes on the bus; no read gives them from now on, stale ones included.
   *
   * In this process that holds from the call on, elsewhere when the promise resolves, if `onOutage` is `fail`. With
   * `memory` it resolves during an outage, and is delivered after it.
   *
   * @throws {CacheStoreError | CacheBusError} when the store or the bus is down, and `onOutage` is `fail`. It is
   * delivered nevertheless as soon as that is possible.
   */
  invalidate(target: InvalidationTarget, options?: WaitingOptions): Promise<void>
  /** Invalidates everything in this namespace and those within it. */
  clear(options?: WaitingOptions): Promise<void>
  /** A namespace within this one. It shares the limits, the store, the bus and the statistics of the cache. */
  namespace<Inner = Value>(name: string): CacheNamespace<Inner>
}

/** A cache in one or two tiers. */
export interface Cache<Value = unknown> extends CacheNamespace<Value> {
  /** What it has done so far. The same numbers are counters named `empire.cache.*` of the meter provider, if there is one. */
  statistics(): CacheStatistics
  /** Aborts loads, tries once more to deliver invalidations, and lets the bus and the store alone; both stay open. */
  close(): Promise<void>
  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}
