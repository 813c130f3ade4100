export { createGemini, type GeminiModel, type GeminiOptions } from './lib/create-gemini.ts'
export {
  createGeminiBatches,
  type GeminiBatch,
  type GeminiBatches,
  type GeminiBatchesOptions,
  type GeminiBatchInput,
} from './lib/create-gemini-batches.ts'
export {
  createGeminiCaches,
  type GeminiCache,
  type GeminiCacheInput,
  type GeminiCaches,
  type GeminiCachesOptions,
} from './lib/create-gemini-caches.ts'
export { createGeminiEmbedding, type GeminiEmbeddingOptions } from './lib/create-gemini-embedding.ts'
export {
  createGeminiFiles,
  type GeminiFile,
  type GeminiFiles,
  type GeminiFilesOptions,
} from './lib/create-gemini-files.ts'
export { createGeminiModels, type GeminiModelInfo, type GeminiModels } from './lib/create-gemini-models.ts'
export type { GeminiConnection, GeminiVertex } from './lib/gemini-connection.ts'
export type { GeminiListOptions } from './lib/list-pages.ts'
export type { GeminiBatchResult } from './lib/read-batch-results.ts'
export type { GeminiUpload } from './lib/upload-file.ts'
export type { GeminiBatchRequest } from './lib/write-batch.ts'
export type { GeminiPromptSettings, GeminiSafetySetting, GeminiSettings } from './lib/write-body.ts'
