import type { EmbeddingModel, LanguageModel } from '@empire/llm'
import { HarmBlockThreshold, HarmCategory } from '@google/genai'
import { createGemini } from './create-gemini.ts'
import { createGeminiEmbedding } from './create-gemini-embedding.ts'

const connection = { apiKey: 'key' }

createGemini({ model: 'gemini-2.5-flash', ...connection }) satisfies LanguageModel
createGeminiEmbedding({ model: 'gemini-embedding-001', ...connection }) satisfies EmbeddingModel

// The words of the SDK, and the same as plain text.
createGemini({
  model: 'gemini-2.5-flash',
  apiKey: async () => 'key',
  safetySettings: [
    { category: HarmCategory.HARM_CATEGORY_HARASSMENT, threshold: HarmBlockThreshold.BLOCK_NONE },
    { category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' },
  ],
})

createGemini({
  model: 'gemini-2.5-flash',
  vertex: { project: 'p', location: 'eu', authOptions: { keyFilename: 'key.json' } },
  // @ts-expect-error There is no such threshold.
  safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_SOME' }],
})

// @ts-expect-error A model has a name.
createGemini(connection)
