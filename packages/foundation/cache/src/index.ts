export type {
  Cache,
  CacheNamespace,
  GetOrSetOptions,
  InvalidationTarget,
  KeepOptions,
  LoadContext,
  SetOptions,
  WaitingOptions,
} from './lib/cache.ts'
export { CacheBusError } from './lib/cache-bus-error.ts'
export { CacheClosedError } from './lib/cache-closed-error.ts'
export type { CacheStore } from './lib/cache-store.ts'
export { CacheStoreError } from './lib/cache-store-error.ts'
export { createCache, type CacheOptions } from './lib/create-cache.ts'
export type { CacheBus, CacheEvents, CacheInvalidation } from './lib/invalidation.ts'
export { LoadCycleError } from './lib/load-cycle-error.ts'
export { LoadTimeoutError } from './lib/load-timeout-error.ts'
export type { MemoryOptions } from './lib/memory-tier.ts'
export type { CacheStatistics } from './lib/statistics.ts'
