import type { Assigns, TemplateSource } from '@empire/template'

/** What a message is: who speaks, or what happened. */
export type Role = 'system' | 'user' | 'assistant' | 'tool' | 'tool_result' | 'media'

/** What every message has or may have. */
export interface MessageBase {
  /** Tells this message from the others of a context. Part of neither equality nor hash. */
  readonly id: string
  /** The text as it was given, or the default text of its kind. Kept beside any template. */
  readonly raw: string
  /** Who speaks, among several of one role. Costs tokens. */
  readonly name?: string
  /** Words to find messages by: `summary`. */
  readonly tags?: readonly string[]
  /** What the caller wants to keep with the message. Not rendered. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** What is rendered in place of `raw`. A text that was given with an engine is its own inline template. */
  readonly template?: TemplateSource
  /** The name of the engine that renders the template; a module needs none. */
  readonly engine?: string
  /** Values for the template. Those of a call of `render` win over them. */
  readonly assigns?: Assigns
  /** Compaction neither removes nor changes this message. */
  readonly pinned?: true
  /** Which messages compaction keeps longer: the higher ones. Default: 0. */
  readonly priority?: number
}

/** Somebody says something. Its text is `raw`. */
export interface PromptMessage extends MessageBase {
  /** Who speaks. */
  readonly role: 'system' | 'user' | 'assistant'
}

/** The model calls a tool. Its text is the JSON of the arguments. */
export interface ToolCallMessage extends MessageBase {
  readonly role: 'tool'
  /** What its result refers to. An id: part of neither equality nor hash. */
  readonly callId: string
  /** The name of the tool. */
  readonly tool: string
  /** The arguments, by name. */
  readonly args: Readonly<Record<string, unknown>>
  /** What the tool answers with: a JSON Schema, or words. */
  readonly responseSchema?: Readonly<Record<string, unknown>> | string
}

/** What a tool answered. Its text is the result, as JSON if it is no text. */
export interface ToolResultMessage extends MessageBase {
  readonly role: 'tool_result'
  /** The `callId` of its call. */
  readonly callId: string
  /** The name of the tool. */
  readonly tool: string
  /** Any JSON value. */
  readonly result: unknown
  /** The tool failed, and `result` says how. */
  readonly isError?: true
}

/** A picture, a sound, a document: part of the user's turn. Its text is its URL, or `[image/png, 1234 bytes]`. */
export interface MediaMessage extends MessageBase {
  readonly role: 'media'
  /** Such as `image/png`. */
  readonly mimeType: string
  /** Where it is. Either this or `data`. */
  readonly url?: string
  /** The content itself, in base64. */
  readonly data?: string
  /** In bytes. */
  readonly size?: number
}

/** One message of a context: plain JSON data, deeply frozen; `role` tells the kinds apart. */
export type Message = PromptMessage | ToolCallMessage | ToolResultMessage | MediaMessage
