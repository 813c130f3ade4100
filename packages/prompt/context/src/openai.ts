export { fromOpenAI } from './lib/openai/from-openai.ts'
export {
  type OpenAIAssistantPart,
  type OpenAIMessage,
  type OpenAITextPart,
  type OpenAIToolCall,
  type OpenAIUserPart,
} from './lib/openai/openai-message.ts'
export { toOpenAI } from './lib/openai/to-openai.ts'
export { InvalidHistoryError } from './lib/wire/invalid-history-error.ts'
export { UnsupportedMessageError, type UnsupportedReason } from './lib/wire/unsupported-message-error.ts'
export { type WireOptions } from './lib/wire/wire-options.ts'
