export {
  type ClaudeImageType,
  type ClaudeMediaBlock,
  type ClaudeMessage,
  type ClaudePrompt,
  type ClaudeTextBlock,
  type ClaudeThinkingBlock,
  type ClaudeToolResultBlock,
  type ClaudeToolUseBlock,
  type ClaudeUploadBlock,
} from './lib/claude/claude-message.ts'
export { type ClaudeHistory, fromClaude } from './lib/claude/from-claude.ts'
export { toClaude } from './lib/claude/to-claude.ts'
export { InvalidHistoryError } from './lib/wire/invalid-history-error.ts'
export { UnsupportedMessageError, type UnsupportedReason } from './lib/wire/unsupported-message-error.ts'
export { type WireOptions } from './lib/wire/wire-options.ts'
