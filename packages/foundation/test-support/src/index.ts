export { createManualClock, type ManualClock, type ManualClockOptions } from './lib/create-manual-clock.ts'
export { createRandom, type Random } from './lib/create-random.ts'
export {
  temporaryDirectory,
  type TemporaryDirectory,
  type TemporaryDirectoryOptions,
} from './lib/temporary-directory.ts'
export { service, type Service, type ServiceName, type ServiceOptions } from './lib/service.ts'
export { ServiceUnavailableError } from './lib/service-unavailable-error.ts'
