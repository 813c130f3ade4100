import type { MediaMessage, Message, PromptMessage, ToolCallMessage, ToolResultMessage } from './message.ts'

interface RenderedBase {
  /** The rendered text. */
  readonly content: string
  /** Who speaks, among several of one role. */
  readonly name?: string
}

/** Somebody says something. */
export type RenderedPrompt = RenderedBase & Pick<PromptMessage, 'role'>

/** The model calls a tool. */
export type RenderedToolCall = RenderedBase & Pick<ToolCallMessage, 'role' | 'callId' | 'tool' | 'args'>

/** What a tool answered. */
export type RenderedToolResult = RenderedBase &
  Pick<ToolResultMessage, 'role' | 'callId' | 'tool' | 'result' | 'isError'>

/** A picture, a sound, a document. */
export type RenderedMedia = RenderedBase & Pick<MediaMessage, 'role' | 'mimeType' | 'url' | 'data' | 'size'>

/** A message as a model takes it: its text, and what its kind holds besides. */
export type RenderedMessage = RenderedPrompt | RenderedToolCall | RenderedToolResult | RenderedMedia

/** The message with this text. */
export function toRenderedMessage(message: Message, content: string): RenderedMessage {
  const name = message.name === undefined ? {} : { name: message.name }
  switch (message.role) {
    case 'tool':
      return { role: 'tool', content, ...name, ...pick(message, ['callId', 'tool', 'args']) }
    case 'tool_result':
      return { role: 'tool_result', content, ...name, ...pick(message, ['callId', 'tool', 'result', 'isError']) }
    case 'media':
      return { role: 'media', content, ...name, ...pick(message, ['mimeType', 'url', 'data', 'size']) }
    default:
      return { role: message.role, content, ...name }
  }
}

function pick<Value extends object, Key extends keyof Value>(value: Value, keys: readonly Key[]): Pick<Value, Key> {
  const picked: Partial<Value> = {}
  for (const key of keys) if (value[key] !== undefined) picked[key] = value[key]
  return picked as Pick<Value, Key>
}
