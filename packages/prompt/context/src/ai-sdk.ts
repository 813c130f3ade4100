export {
  type AiSdkFilePart,
  type AiSdkJson,
  type AiSdkMessage,
  type AiSdkPrompt,
  type AiSdkProviderOptions,
  type AiSdkReasoningPart,
  type AiSdkSystemMessage,
  type AiSdkTextPart,
  type AiSdkToolCallPart,
  type AiSdkToolResultPart,
} from './lib/ai-sdk/ai-sdk-message.ts'
export { type AiSdkHistory, fromAiSdk } from './lib/ai-sdk/from-ai-sdk.ts'
export { toAiSdk } from './lib/ai-sdk/to-ai-sdk.ts'
export { InvalidHistoryError } from './lib/wire/invalid-history-error.ts'
export { UnsupportedMessageError, type UnsupportedReason } from './lib/wire/unsupported-message-error.ts'
export { type WireOptions } from './lib/wire/wire-options.ts'
