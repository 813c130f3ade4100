export type {
  CachedTokenCounter,
  CountCacheOptions,
  CountingOptions,
  PreloadOptions,
} from './lib/cached-token-counter.ts'
export type { CountCache, SyncCountCache } from './lib/count-cache.ts'
export { withCountCache } from './lib/with-count-cache.ts'
