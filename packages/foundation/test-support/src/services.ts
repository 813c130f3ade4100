export { freePort } from './lib/free-port.ts'
export { service, type Service, type ServiceName, type ServiceOptions } from './lib/service.ts'
export { ServiceUnavailableError } from './lib/service-unavailable-error.ts'
