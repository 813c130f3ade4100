/** What a term adds to the score of a document. */
export interface TermExplanation {
  /** As the analyzer made it. */
  readonly term: string
  /** What it adds. */
  readonly score: number
  /** The inverse document frequency: how much the term tells. */
  readonly idf: number
  /** How often the query has it. */
  readonly count: number
  /** The share of it that counts: 1, or less for words that are only spelt nearly so. */
  readonly similarity: number
  /** Where the document has it. */
  readonly fields: {
    readonly [field: string]: {
      /** How often the term is in the field. */
      readonly occurrences: number
      /** How many times an occurrence counts. */
      readonly weight: number
      /** How many terms the field has. */
      readonly length: number
      /** How many it has in the mean of all documents. */
      readonly averageLength: number
    }
  }
}

/** A score by words. `terms` is missing where an engine does not tell; `native` is then its own account. */
export interface TextExplanation {
  readonly type: 'text'
  readonly score: number
  readonly terms?: readonly TermExplanation[] | undefined
  readonly native?: unknown
}

/** A score by nearness. */
export interface VectorExplanation {
  readonly type: 'vector'
  readonly score: number
  readonly field: string
  readonly metric: 'cosine' | 'dot'
  /** Whether the whole collection was compared, or an approximate search chose. */
  readonly exact: boolean
}

/** A fused score: what each list gives to it. */
export interface FusedExplanation {
  readonly type: 'fused'
  readonly score: number
  readonly rankConstant: number
  readonly lists: readonly {
    readonly weight: number
    /** From 1; missing where the list does not have the document among its best. */
    readonly rank?: number | undefined
    /** weight / (rankConstant + rank), or 0. */
    readonly contribution: number
    /** How the document came to its rank. */
    readonly explain?: TextExplanation | VectorExplanation | undefined
  }[]
}

/** Found by the filter alone. */
export interface FilterExplanation {
  readonly type: 'filter'
  readonly score: 0
}

/** Why a hit has its score. */
export type HitExplanation = TextExplanation | VectorExplanation | FusedExplanation | FilterExplanation

/** How a result came about. */
export interface ResultExplanation {
  /** The backend's name. */
  readonly backend: string
  /** The queries that ran, as the backend ran them: plain JSON. One, or for a hybrid one per list and one for the rest. */
  readonly native: readonly unknown[]
  /** The parts of the filter that the backend evaluated before it scored: all of them, or the search was refused. */
  readonly pushedDown: readonly string[]
  /** How many documents were scored; missing where an engine does not tell. */
  readonly visited?: number | undefined
}
