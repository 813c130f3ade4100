export { createGemini, type GeminiModel, type GeminiOptions } from './lib/create-gemini.ts'
export type { GeminiConnection, GeminiVertex } from './lib/gemini-connection.ts'
export type { BodySettings, GeminiSafetySetting } from './lib/write-body.ts'
