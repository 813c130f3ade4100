/** What turns texts into vectors. The embedding models of `@empire/llm` are of this form. */
export interface Embedder {
  /** Names the model: vectors of one are never compared with vectors of another. */
  readonly id: string
  /** The most texts that one of its requests takes: batches are made of full ones. Default: not known. */
  readonly maxTexts?: number | undefined
  /** One vector per text, in their order. Rejections reach the caller of the index untouched. */
  embed(
    texts: readonly string[],
    options?: {
      readonly signal?: AbortSignal | undefined
      readonly dimensions?: number | undefined
      readonly purpose?: 'query' | 'document' | undefined
    },
  ): Promise<{ readonly vectors: readonly (readonly number[])[] }>
}

/** Where vectors are kept between calls. `Map` is one. Failures reach the caller of the index. */
export interface EmbeddingCache {
  /** The vector that was kept, if there is one. */
  get(key: string): readonly number[] | undefined | Promise<readonly number[] | undefined>
  /** Keeps a vector. */
  set(key: string, vector: readonly number[]): unknown
}
