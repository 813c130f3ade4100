export type { Citation } from './lib/citation.ts'
export { collectResponse } from './lib/collect-response.ts'
export { defineModel, type ModelDefinition } from './lib/define-model.ts'
export type { CallOptions, LanguageModel, ModelCapabilities, ModelMedia, ModelResponse } from './lib/language-model.ts'
export { ModelError, type ModelErrorCode, type ModelErrorDetails, type ModelErrorOptions } from './lib/model-error.ts'
export type {
  ModelMessage,
  ModelRequest,
  ModelRole,
  OutputFormat,
  ReasoningOptions,
  SchemaInput,
  ToolChoice,
  ToolDefinition,
} from './lib/model-request.ts'
export { prepareRequest } from './lib/prepare-request.ts'
export type { PreparedRequest } from './lib/prepared-request.ts'
export type { Reasoning } from './lib/reasoning.ts'
export type { Finish, FinishReason, StreamPart } from './lib/stream-part.ts'
export type { ToolCall } from './lib/tool-call.ts'
export type { Usage } from './lib/usage.ts'
