import type { Assigns, TemplateFunction, TemplateSource } from '@empire/template'
import type { PromptMessage } from './message.ts'

/** What can be given with any message. The context keeps frozen copies. */
export interface MessageOptions {
  /** Tells this message from the others. Default: made by `createId` of the context. */
  id?: string | undefined
  /** Who speaks, among several of one role. Default: none. */
  name?: string | undefined
  /** Words to find messages by. Default: none. */
  tags?: readonly string[] | undefined
  /** Plain JSON data to keep with the message. Default: none. */
  metadata?: Readonly<Record<string, unknown>> | undefined
  /**
   * What to render in place of the text. Default: the text, if there is an engine.
   *
   * A function is registered in `modules` of the new context; the message holds its name.
   */
  template?: TemplateSource | { readonly module: TemplateFunction } | undefined
  /** The name of the engine. Default: the text is not a template. */
  engine?: string | undefined
  /** Plain JSON data for the template. Default: none. */
  assigns?: Assigns | undefined
  /** Whether compaction has to leave this message alone. Default: false. */
  pinned?: boolean | undefined
  /** Which messages compaction keeps longer: the higher ones. Default: 0. */
  priority?: number | undefined
}

/** What `toolCall` takes. */
export interface ToolCallInput extends MessageOptions {
  /** The id of the call (`callId` of the message). Default: made by `createId` of the context. */
  id?: string | undefined
  /** The name of the tool. */
  tool: string
  /** The arguments, by name. Plain JSON data. */
  args: Readonly<Record<string, unknown>>
  /**
   * What the tool answers with: a schema that can say so in JSON Schema (zod's can, or any with the JSON Schema part of
   * Standard Schema), a JSON Schema, or words. Default: nothing is said.
   */
  responseSchema?: object | string | undefined
}

/** What `toolResult` takes. */
export interface ToolResultInput extends MessageOptions {
  /** The id of the call that this is the result of. */
  id: string
  /** A text, or any JSON value. */
  result: unknown
  /** Whether the tool failed. Default: false. */
  isError?: boolean | undefined
}

/** What `media` takes: a URL or base64 data. */
export interface MediaInput extends MessageOptions {
  /** Such as `image/png`. Default: what `detectMimeType` finds in the URL. */
  mimeType?: string | undefined
  /** Where it is. A `data:` URL in base64 is taken apart. */
  url?: string | undefined
  /** The content itself, in base64. */
  data?: string | undefined
  /** In bytes. Default: that of the data; nothing for a URL. */
  size?: number | undefined
}

/** A message of words to add. */
export interface PromptMessageInput extends MessageOptions {
  role: PromptMessage['role']
  /** The text. */
  raw: string
}

/** A tool call to add. */
export interface ToolCallMessageInput extends Omit<ToolCallInput, 'id'>, MessageOptions {
  role: 'tool'
  /** What its result refers to. Default: made by `createId` of the context. */
  callId?: string | undefined
  /** The text. Default: the JSON of the arguments. */
  raw?: string | undefined
}

/** A tool result to add. */
export interface ToolResultMessageInput extends Omit<ToolResultInput, 'id'>, MessageOptions {
  role: 'tool_result'
  /** The `callId` of its call. */
  callId: string
  /** The name of the tool. Default: that of the call. */
  tool?: string | undefined
  /** The text. Default: the result, as JSON if it is no text. */
  raw?: string | undefined
}

/** A medium to add. */
export interface MediaMessageInput extends MediaInput {
  role: 'media'
  /** The text. Default: the URL; for data `[image/png, 1234 bytes]`. */
  raw?: string | undefined
}

/** A message to add; a `Message` is one too. */
export type MessageInput = PromptMessageInput | ToolCallMessageInput | ToolResultMessageInput | MediaMessageInput
