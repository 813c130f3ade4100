import type { FieldDefinitions, FieldsOfType } from './schema.ts'

/**
 * How the words of a text query must match.
 *
 * - `any`: a document has one of them
 * - `all`: it has every one of them, in whichever fields
 * - `phrase`: one value of one field has them side by side and in order; a word that the analyzer drops keeps its place: any word may
 *   stand there
 * - `prefix`: it has every one of them, the last one as the beginning of a word
 * - `fuzzy`: it has one of them, or a word spelt nearly so
 */
export type TextMode = 'any' | 'all' | 'phrase' | 'prefix' | 'fuzzy'

/** Words to look for. Words that the analyzer drops match nothing and are not missed; a word given twice counts twice. */
export interface TextQuery<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly match: string
  /** Default: `any`. */
  readonly mode?: TextMode | undefined
  /** The text fields to look in, or the weight of each in place of the schema's. Default: all, with the schema's weights. */
  readonly fields?:
    | readonly FieldsOfType<Fields, 'text'>[]
    | { readonly [Name in FieldsOfType<Fields, 'text'>]?: number | undefined }
    | undefined
  /** Of a `phrase`: how many other words may stand between its words altogether, from 0 to 50. Default: 0. */
  readonly slop?: number | undefined
  /**
   * Of `fuzzy`: how many letters may be inserted, deleted, replaced or swapped with their neighbour, from 0 to 2. Default: none in
   * words of 1 or 2 letters, one in those of 3 to 5, two in longer ones.
   */
  readonly distance?: number | undefined
  /** Of `fuzzy`: how many letters at the beginning must be right, from 0 to 10. Default: 0. */
  readonly prefixLength?: number | undefined
}

/**
 * The documents whose vectors are nearest, among those that the filter lets through. Scores are the cosine, from -1 to 1, or the
 * scalar product. Exactly one of `vector` and `text`.
 */
export interface NearestQuery<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly nearest: {
    readonly field: FieldsOfType<Fields, 'vector'>
    readonly vector?: readonly number[] | undefined
    /** Text that the index's embedder makes into the vector. */
    readonly text?: string | undefined
    /** The `id` of the embedder that made `vector`: if it is not the index's own, the query is refused. Default: not checked. */
    readonly embedder?: string | undefined
    /** How many documents match at most, from 1 to 10,000. Default: 10. */
    readonly k?: number | undefined
    /** How many an approximate search looks at, from k to 10,000: more find better ones, and take longer. Default: the backend's. */
    readonly numCandidates?: number | undefined
  }
}

/** One of the lists that a hybrid query fuses. */
export interface HybridPart<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly query: TextQuery<Fields> | NearestQuery<Fields>
  /** How much its ranks count, from 0.001 to 1000. Default: 1. */
  readonly weight?: number | undefined
}

/**
 * Several queries in one ranking. A document matches when it is among the best `depth` of one of them. Its score by reciprocal
 * rank fusion is the sum of weight / (rankConstant + rank) over the lists that it is in (Cormack, Clarke and Büttcher, 2009).
 */
export interface HybridQuery<Fields extends FieldDefinitions = FieldDefinitions> {
  /** From 1 to 16. */
  readonly hybrid: readonly HybridPart<Fields>[]
  /** Default: `rrf`, the only one. */
  readonly fusion?: 'rrf' | undefined
  /** How much less the first rank counts than it might, from 1 to 1,000. Default: 60. */
  readonly rankConstant?: number | undefined
  /** How many of each list count, from 1 to 10,000. Default: 100. */
  readonly depth?: number | undefined
}

/** What is ranked. */
export type SearchQuery<Fields extends FieldDefinitions = FieldDefinitions> =
  | TextQuery<Fields>
  | NearestQuery<Fields>
  | HybridQuery<Fields>
