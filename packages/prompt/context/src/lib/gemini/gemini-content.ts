import type { Vendor } from '../wire/wire-entry.ts'

/** A piece of a turn: one of these fields, and what the API has beside it, such as `thoughtSignature`. */
export interface GeminiPart {
  text?: string
  inlineData?: { mimeType: string; data: string }
  fileData?: { mimeType: string; fileUri: string }
  functionCall?: { id: string; name: string; args: Record<string, unknown> }
  functionResponse?: { id: string; name: string; response: Record<string, unknown> }
  thoughtSignature?: string
}

/** A turn. */
export interface GeminiContent {
  role: 'user' | 'model'
  parts: GeminiPart[]
}

/** The parts of a request to Gemini that `toGemini` writes. */
export interface GeminiPrompt {
  /** The first system messages; missing without any. A field of `config` in Google's SDK. */
  systemInstruction?: { parts: GeminiPart[] }
  contents: GeminiContent[]
}

export const gemini: Vendor = { name: 'Gemini', key: 'gemini', named: new Set() }
