export { createJsonRepair, type JsonRepair, type JsonRepairOptions } from './lib/json-repair.ts'
export {
  createJsonElementReader,
  type JsonElement,
  type JsonElementReader,
  type JsonElementReaderOptions,
  type JsonElementsResult,
} from './lib/create-json-element-reader.ts'
export {
  createPartialJsonParser,
  type PartialJsonParser,
  type PartialJsonParserOptions,
  type PartialJsonResult,
} from './lib/create-partial-json-parser.ts'
export { type JsonSource } from './lib/chunks-of.ts'
export { streamJsonElements, type StreamJsonElementsOptions } from './lib/stream-json-elements.ts'
export { type PartialJson, streamPartialJson, type StreamPartialJsonOptions } from './lib/stream-partial-json.ts'
export { PartialJsonEndedError, PartialJsonError } from './lib/partial-json-error.ts'
