/** What an index was made with: kept beside it, for queries analysed or embedded otherwise find the wrong documents. Plain JSON. */
export interface IndexManifest {
  /** The version of this form. */
  readonly version: 1
  /** The fields in the order of the schema, with all defaults written out. */
  readonly fields: readonly ManifestField[]
  /** The `id` of the embedder, if the index has one. */
  readonly embedder?: string | undefined
}

/** A field of a manifest. */
export type ManifestField =
  | {
      readonly name: string
      readonly type: 'text'
      /** The name of its analyzer. */
      readonly analyzer: string
      readonly weight: number
      readonly stored: boolean
    }
  | { readonly name: string; readonly type: 'keyword' | 'number' | 'date' | 'boolean'; readonly stored: boolean }
  | {
      readonly name: string
      readonly type: 'vector'
      readonly dimensions: number
      readonly metric: 'cosine' | 'dot'
      readonly from: readonly string[]
      readonly stored: boolean
    }
