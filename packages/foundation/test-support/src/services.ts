export { createProxy, type TcpProxy } from './lib/create-proxy.ts'
export { freePort } from './lib/free-port.ts'
export { ServerStartError } from './lib/server-start-error.ts'
export {
  service,
  type Service,
  type ServiceCallOptions,
  type ServiceOptions,
  type SqlClient,
} from './lib/service/service.ts'
export { type ServiceName } from './lib/service/service-name.ts'
export { ServiceUnavailableError } from './lib/service/service-unavailable-error.ts'
export { startRedis, type RedisServer, type RedisServerOptions } from './lib/start-redis.ts'
