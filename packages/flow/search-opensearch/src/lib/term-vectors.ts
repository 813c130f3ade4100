/** The answer of `_termvectors`: terms that no document has are without `doc_freq`. */
export interface TermVectors {
  readonly term_vectors?: {
    readonly [path: string]: {
      readonly field_statistics?: { readonly doc_count: number }
      readonly terms?: { readonly [term: string]: { readonly doc_freq?: number } }
    }
  }
}
