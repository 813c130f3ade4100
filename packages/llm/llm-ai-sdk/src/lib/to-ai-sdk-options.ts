/** Options of `toAiSdk` for an embedding model. */
export interface ToAiSdkEmbeddingOptions {
  /** What the SDK calls the provider. Default: the model's `vendor`, or `empire`. */
  readonly provider?: string | undefined
}

/** Options of `toAiSdk` for a language model. */
export interface ToAiSdkOptions extends ToAiSdkEmbeddingOptions {
  /**
   * Which addresses of media the model takes, as patterns by media type: `{ 'image/*': [/^https:/] }`. Default: none; the
   * SDK downloads them, and the model gets the content.
   */
  readonly supportedUrls?: Record<string, RegExp[]> | undefined
}

/** The names of the options, for messages about others. */
export const embeddingOptionNames = ['provider'] as const
export const optionNames = [...embeddingOptionNames, 'supportedUrls'] as const
