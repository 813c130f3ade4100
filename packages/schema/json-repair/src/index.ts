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
export { JsonRepairUnsafeError, JsonUnrepairableError, type NoValueReason } from './lib/json-repair-error.ts'
export { repairJson, type RepairResult } from './lib/repair-json.ts'
export { applyEdits, type RepairEdit } from './lib/repair-edit.ts'
export { type RepairKind, type RepairKindFacts, repairKinds } from './lib/repair-kind.ts'
export { type RepairOptions } from './lib/repair-options.ts'
export { type SeveralValues } from './lib/read-text.ts'
export { type NonFinite } from './lib/source.ts'
export { type JsonSchemaDocument, type StandardSchema } from './lib/accepted-schema.ts'
export { type AskForRepair, type RepairAnswer } from './lib/ask-for-repair.ts'
export { createRepairLadder, type OutputOf, type RepairLadder } from './lib/create-repair-ladder.ts'
export { JsonNotAcceptedError } from './lib/json-not-accepted-error.ts'
export { jsonRepairEvents } from './lib/json-repair-events.ts'
export { type JsonSchemaSource } from './lib/json-schema-of.ts'
export { type LadderResult } from './lib/ladder-result.ts'
export { type RepairLadderOptions } from './lib/ladder-options.ts'
export { type RepairIssue, type RepairRung, type RungOutcome } from './lib/repair-rung.ts'
