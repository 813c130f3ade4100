export { createRedisBus, type RedisBusOptions } from './lib/create-redis-bus.ts'
