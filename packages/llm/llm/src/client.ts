export { createFrameReader, type FrameReader, type FrameReaderOptions } from './lib/client/create-frame-reader.ts'
export {
  createSseParser,
  type SseEvent,
  type SseParser,
  type SseParserOptions,
} from './lib/client/create-sse-parser.ts'
export { patientFetch } from './lib/client/patient-fetch.ts'
export { type PartBatches, streamBatches } from './lib/client/stream-batches.ts'
export { type Refusal, toModelError } from './lib/client/to-model-error.ts'
export { toNetworkError } from './lib/client/to-network-error.ts'
export { writeSchema, type WriteSchemaOptions } from './lib/client/write-schema.ts'
