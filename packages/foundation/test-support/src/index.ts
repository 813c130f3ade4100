export { ConformanceError } from './lib/conformance-error.ts'
export { createManualClock, type ManualClock, type ManualClockOptions } from './lib/create-manual-clock.ts'
export { createRandom, type Random } from './lib/create-random.ts'
export { measure, type Measurement, type MeasureOptions, median } from './lib/measure.ts'
export {
  type ConformanceCase,
  type ConformanceOptions,
  runConformance,
  type TestRunner,
} from './lib/run-conformance.ts'
export { service, type Service, type ServiceName, type ServiceOptions } from './lib/service.ts'
export { ServiceUnavailableError } from './lib/service-unavailable-error.ts'
export {
  temporaryDirectory,
  type TemporaryDirectory,
  type TemporaryDirectoryOptions,
} from './lib/temporary-directory.ts'
