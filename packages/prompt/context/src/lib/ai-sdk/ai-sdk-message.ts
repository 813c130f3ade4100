import type { Vendor } from '../wire/wire-entry.ts'

/** JSON. */
export type AiSdkJson = null | string | number | boolean | AiSdkJson[] | { [key: string]: AiSdkJson | undefined }

/** Options for providers, by provider. */
export type AiSdkProviderOptions = Record<string, { [key: string]: AiSdkJson | undefined }>

/** What any part may have. */
interface Part {
  providerOptions?: AiSdkProviderOptions
}

/** A text. */
export interface AiSdkTextPart extends Part {
  type: 'text'
  text: string
}

/** A medium: an address, or base64. */
export interface AiSdkFilePart extends Part {
  type: 'file'
  mediaType: string
  filename?: string
  data: string | { type: 'data'; data: string }
}

/** What the model thought. */
export interface AiSdkReasoningPart extends Part {
  type: 'reasoning'
  text: string
}

/** A call of a tool. */
export interface AiSdkToolCallPart extends Part {
  type: 'tool-call'
  toolCallId: string
  toolName: string
  input: unknown
}

/** What a tool answered. */
export interface AiSdkToolResultPart extends Part {
  type: 'tool-result'
  toolCallId: string
  toolName: string
  output:
    | { type: 'text' | 'error-text'; value: string }
    | { type: 'json' | 'error-json'; value: AiSdkJson }
    | { type: 'execution-denied'; reason?: string }
}

/** A system message. */
export interface AiSdkSystemMessage extends Part {
  role: 'system'
  content: string
}

/** A `ModelMessage`, as `toAiSdk` writes it. */
export type AiSdkMessage =
  | AiSdkSystemMessage
  | { role: 'user'; content: (AiSdkTextPart | AiSdkFilePart)[] }
  | { role: 'assistant'; content: (AiSdkReasoningPart | AiSdkTextPart | AiSdkToolCallPart)[] }
  | { role: 'tool'; content: AiSdkToolResultPart[] }

/** The part of the options of `generateText` and its like that `toAiSdk` writes. */
export interface AiSdkPrompt {
  /** The first system messages; missing without any. */
  instructions?: AiSdkSystemMessage[]
  messages: AiSdkMessage[]
  /** There are later system messages, which the functions otherwise refuse. */
  allowSystemInMessages?: true
}

export const aiSdk: Vendor = { name: 'the AI SDK', key: 'aiSdk', named: new Set() }
