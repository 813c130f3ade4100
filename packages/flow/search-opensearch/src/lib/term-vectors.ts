/** The answer of `_termvectors` for the terms of every field: those that no document has are without `doc_freq`. */
export interface TermVectors {
  readonly term_vectors?: {
    readonly every?: {
      readonly field_statistics?: { readonly doc_count: number }
      readonly terms?: { readonly [term: string]: { readonly doc_freq?: number } }
    }
  }
}
