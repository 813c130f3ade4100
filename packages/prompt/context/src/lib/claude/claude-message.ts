import type { Vendor } from '../wire/wire-entry.ts'

/** A text. */
export interface ClaudeTextBlock {
  type: 'text'
  text: string
}

/** The types of images that the API takes as data. */
export type ClaudeImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp'

/** An image or a document. */
export type ClaudeMediaBlock =
  | {
      type: 'image'
      source:
        | { type: 'base64'; media_type: ClaudeImageType; data: string }
        | { type: 'url'; url: string }
        | { type: 'file'; file_id: string }
    }
  | {
      type: 'document'
      source:
        | { type: 'base64'; media_type: 'application/pdf'; data: string }
        | { type: 'text'; media_type: 'text/plain'; data: string }
        | { type: 'url'; url: string }
        | { type: 'file'; file_id: string }
    }

/** A file for the programs that Claude runs. */
export interface ClaudeUploadBlock {
  type: 'container_upload'
  file_id: string
}

/** What a tool answered. */
export interface ClaudeToolResultBlock {
  type: 'tool_result'
  tool_use_id: string
  content?: string | (ClaudeTextBlock | ClaudeMediaBlock)[]
  is_error?: boolean
}

/** A call of a tool. */
export interface ClaudeToolUseBlock {
  type: 'tool_use'
  id: string
  name: string
  input: Record<string, unknown>
}

/** What the model thought before, as it has to be given back. */
export type ClaudeThinkingBlock =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'redacted_thinking'; data: string }

/** A message of the Messages API, as `toClaude` writes it. */
export type ClaudeMessage =
  | { role: 'user'; content: (ClaudeToolResultBlock | ClaudeTextBlock | ClaudeMediaBlock | ClaudeUploadBlock)[] }
  | { role: 'assistant'; content: (ClaudeThinkingBlock | ClaudeTextBlock | ClaudeToolUseBlock)[] }
  | { role: 'system'; content: ClaudeTextBlock[] }

/** The part of a request to the Messages API that `toClaude` writes. */
export interface ClaudePrompt {
  /** The first system messages; missing without any. */
  system?: ClaudeTextBlock[]
  messages: ClaudeMessage[]
}

export const claude: Vendor = { name: 'Claude', key: 'claude', named: new Set() }

/** The images that the API takes as data. */
export const claudeImages: ReadonlySet<string> = new Set<ClaudeImageType>([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
])

/** Whether a block is what the model thought. */
export function isThinking(block: object): block is ClaudeThinkingBlock {
  return 'type' in block && (block.type === 'thinking' || block.type === 'redacted_thinking')
}

const kinds: ReadonlySet<unknown> = new Set(['text', 'image', 'document', 'tool_use', 'tool_result'])

/** Whether a block of an answer is of a type that only the API has a use for: the calls and results of its own tools. */
export function isServerBlock(block: object): boolean {
  return 'type' in block && typeof block.type === 'string' && !kinds.has(block.type) && !isThinking(block)
}
