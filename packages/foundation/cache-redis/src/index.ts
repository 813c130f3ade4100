export { createRedisStore, type RedisStore, type RedisStoreOptions } from './lib/create-redis-store.ts'
