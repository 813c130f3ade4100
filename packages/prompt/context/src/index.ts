export { type Context, type ContextJSON, createContext, type TokenMeasure } from './lib/context.ts'
export { contextEvents } from './lib/context-events.ts'
export { contextFromJSON, type ContextJSONOptions } from './lib/context-json.ts'
export { type CompactionSetting, type ContextOptions } from './lib/context-options.ts'
export { detectMimeType } from './lib/detect-mime-type.ts'
export { InvalidContextJSONError } from './lib/invalid-context-json-error.ts'
export { InvalidMediaTypeError } from './lib/invalid-media-type-error.ts'
export { InvalidRoleError } from './lib/invalid-role-error.ts'
export { InvalidToolArgsError } from './lib/invalid-tool-args-error.ts'
export { isPrompt } from './lib/is-prompt.ts'
export {
  type MediaMessage,
  type Message,
  type MessageBase,
  type PromptMessage,
  type Role,
  type ToolCallMessage,
  type ToolResultMessage,
} from './lib/message.ts'
export {
  type MediaInput,
  type MediaMessageInput,
  type MessageInput,
  type MessageOptions,
  type PromptMessageInput,
  type ToolCallInput,
  type ToolCallMessageInput,
  type ToolResultInput,
  type ToolResultMessageInput,
} from './lib/message-input.ts'
export { MessageRenderError } from './lib/message-render-error.ts'
export {
  type RenderedMedia,
  type RenderedMessage,
  type RenderedPrompt,
  type RenderedToolCall,
  type RenderedToolResult,
} from './lib/rendered-message.ts'
export { TokenCounterNotSetError } from './lib/token-counter-not-set-error.ts'
export { type ToolPairingCode, ToolPairingError } from './lib/tool-pairing-error.ts'
export { UnknownEngineError } from './lib/unknown-engine-error.ts'
