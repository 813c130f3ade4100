export { ConformanceError } from './lib/conformance-error.ts'
export { createManualClock, type ManualClock, type ManualClockOptions } from './lib/create-manual-clock.ts'
export { createProxy, type TcpProxy } from './lib/create-proxy.ts'
export { createRandom, type Random } from './lib/create-random.ts'
export { type ClaudeStep } from './lib/fake-claude/claude-step.ts'
export { createFakeClaude } from './lib/fake-claude/create-fake-claude.ts'
export { createFakeGemini, type FakeGeminiOptions } from './lib/fake-gemini/create-fake-gemini.ts'
export { type GeminiStep } from './lib/fake-gemini/gemini-step.ts'
export { createFakeOpenai, type FakeOpenaiOptions } from './lib/fake-openai/create-fake-openai.ts'
export { type OpenaiStep } from './lib/fake-openai/openai-step.ts'
export {
  createFakeOpenSearch,
  type FakeOpenSearch,
  type FakeOpenSearchOptions,
} from './lib/fake-opensearch/create-fake-opensearch.ts'
export { type BulkOperation, type BulkRefusal } from './lib/fake-opensearch/run-bulk.ts'
export { createFakeS3, type FakeS3, type FakeS3Options } from './lib/fake-s3/create-fake-s3.ts'
export { type FakeObjectOptions } from './lib/fake-s3/stored-object.ts'
export { type FakeModelOptions } from './lib/fake-model/fake-model-options.ts'
export { type FakeToolCall, type FakeUsage, type ModelStep } from './lib/fake-model/model-step.ts'
export {
  createFakeServer,
  type FakeServer,
  type FakeServerClock,
  type FakeServerOptions,
} from './lib/fake-server/create-fake-server.ts'
export { type FakeScript } from './lib/fake-server/create-script.ts'
export { type FakeApi, type FakeFailure, type FakeHandler } from './lib/fake-server/fake-api.ts'
export { type FakeEvent, type FakeReply } from './lib/fake-server/fake-reply.ts'
export { type FakeRequest, type FakeRequestOutcome } from './lib/fake-server/fake-request.ts'
export {
  type FakeStep,
  type Fault,
  type FramePlace,
  type StatusFault,
  type StreamErrorFault,
} from './lib/fake-server/fake-step.ts'
export { freePort } from './lib/free-port.ts'
export { measure, type Measurement, type MeasureOptions, median } from './lib/measure.ts'
export {
  type ConformanceCase,
  type ConformanceOptions,
  runConformance,
  type TestRunner,
} from './lib/run-conformance.ts'
export { ServerStartError } from './lib/server-start-error.ts'
export { ServiceUnavailableError } from './lib/service/service-unavailable-error.ts'
export {
  service,
  type Service,
  type ServiceCallOptions,
  type ServiceOptions,
  type SqlClient,
} from './lib/service/service.ts'
export { type ServiceName } from './lib/service/service-name.ts'
export { startRedis, type RedisServer, type RedisServerOptions } from './lib/start-redis.ts'
export {
  temporaryDirectory,
  type TemporaryDirectory,
  type TemporaryDirectoryOptions,
} from './lib/temporary-directory.ts'
