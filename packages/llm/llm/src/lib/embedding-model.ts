import type { CallOptions } from './language-model.ts'

/** What turned texts into vectors cost. */
export interface EmbeddingUsage {
  /** Tokens read. */
  readonly input: number
}

/** The vectors of some texts. */
export interface EmbeddingResponse {
  /** One vector for each text, in their order, all of one length. */
  readonly vectors: readonly (readonly number[])[]
  /** Missing where the vendor does not count. */
  readonly usage?: EmbeddingUsage | undefined
}

/** Options of one call of an embedding model. */
export interface EmbedOptions extends CallOptions {
  /** The length of the vectors, for models that can shorten them. Default: the model's own. */
  readonly dimensions?: number | undefined
  /** What the vectors are for: some models embed a question otherwise than the texts that answer it. */
  readonly purpose?: 'query' | 'document' | undefined
}

/** Anything that turns texts into vectors. Calls may run concurrently. */
export interface EmbeddingModel {
  /** Names the model in logs, prices and the fingerprints of indexes. */
  readonly id: string
  /** The length of its vectors, where it is known before the first call. */
  readonly dimensions?: number | undefined
  /** The most texts that one request to the vendor takes; `embed` takes any number. */
  readonly maxTexts?: number | undefined
  /** Rejects with a `ModelError`, or `signal.reason`. */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<EmbeddingResponse>
}
