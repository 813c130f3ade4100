export { addUsage } from './lib/add-usage.ts'
export { appendResponse } from './lib/append-response.ts'
export type { Citation } from './lib/citation.ts'
export type { Budget, Reservation } from './lib/cost/budget.ts'
export { type BudgetOptions, createBudget } from './lib/cost/create-budget.ts'
export { collectResponse } from './lib/collect-response.ts'
export { defineModel, type ModelDefinition } from './lib/define-model.ts'
export type { EmbeddingModel, EmbeddingResponse, EmbeddingUsage, EmbedOptions } from './lib/embedding-model.ts'
export type { CallOptions, LanguageModel, ModelCapabilities, ModelMedia, ModelResponse } from './lib/language-model.ts'
export { llmEvents } from './lib/llm-events.ts'
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
export { ModelCassetteError } from './lib/record/model-cassette-error.ts'
export type { Reasoning } from './lib/reasoning.ts'
export type { Finish, FinishReason, StreamPart } from './lib/stream-part.ts'
export type { ToolCall } from './lib/tool-call.ts'
export { withBreaker, type WithBreakerOptions } from './lib/wrappers/with-breaker.ts'
export { type AnswerCache, withCache, type WithCacheOptions } from './lib/wrappers/with-cache.ts'
export { withCassette, type WithCassetteOptions } from './lib/wrappers/with-cassette.ts'
export { type CallCost, withCost, type WithCostOptions } from './lib/wrappers/with-cost.ts'
export { withFallback, type WithFallbackOptions } from './lib/wrappers/with-fallback.ts'
export { withRateLimit, type WithRateLimitOptions } from './lib/wrappers/with-rate-limit.ts'
export { withRecord, type WithRecordOptions } from './lib/wrappers/with-record.ts'
export { withRetry, type WithRetryOptions } from './lib/wrappers/with-retry.ts'
export { withTelemetry, type WithTelemetryOptions } from './lib/wrappers/with-telemetry.ts'
export { withTimeout, type WithTimeoutOptions } from './lib/wrappers/with-timeout.ts'
export type { Usage } from './lib/usage.ts'
