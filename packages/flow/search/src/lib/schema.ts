import type { Analyzer } from '@empire/analyzer'

/** Analyzers that are known by name: `english`, or `plain` for words of any language as they stand, folded only. */
export type AnalyzerName = 'english' | 'plain'

/** Text that is searched by its words. */
export interface TextField {
  readonly type: 'text'
  /** How many times a word in this field counts, from 0.001 to 1000. Default: 1. */
  readonly weight?: number | undefined
  /** What makes its texts, and queries of them, into terms. Default: the one of the index. */
  readonly analyzer?: AnalyzerName | Analyzer | undefined
  /** Whether hits can give the text back, and highlight it. Default: `true`. */
  readonly stored?: boolean | undefined
}

/** Strings that are compared as a whole, character by character: tags, names, keys. */
export interface KeywordField {
  readonly type: 'keyword'
  /** Whether hits can give the values back. Default: `true`. */
  readonly stored?: boolean | undefined
}

/** Finite numbers. */
export interface NumberField {
  readonly type: 'number'
  /** Whether hits can give the values back. Default: `true`. */
  readonly stored?: boolean | undefined
}

/** Moments, given as a `Date` or in ISO 8601 (`2026-11-28`, `2026-11-28T10:00:00Z`), kept to the millisecond. */
export interface DateField {
  readonly type: 'date'
  /** Whether hits can give the values back, as ISO 8601 in UTC. Default: `true`. */
  readonly stored?: boolean | undefined
}

/** `true` or `false`. */
export interface BooleanField {
  readonly type: 'boolean'
  /** Whether hits can give the values back. Default: `true`. */
  readonly stored?: boolean | undefined
}

/** One vector per document, found by nearness. */
export interface VectorField {
  readonly type: 'vector'
  /** How many numbers a vector has, from 1 to 16,384. */
  readonly dimensions: number
  /** `cosine` compares directions, `dot` is the scalar product. Default: `cosine`. */
  readonly metric?: 'cosine' | 'dot' | undefined
  /**
   * The text fields, in order, whose texts the index's embedder makes into the vector of a document that comes without one.
   * Default: none; documents bring their vectors.
   */
  readonly from?: readonly string[] | undefined
  /** Whether hits can give the vector back, in the precision of 32 bits. Default: `false`. */
  readonly stored?: boolean | undefined
}

/** What a field holds. Every field may hold several values per document, except a vector. */
export type FieldDefinition = TextField | KeywordField | NumberField | DateField | BooleanField | VectorField

/** The fields of an index, by name. `id` is taken. */
export type FieldDefinitions = { readonly [name: string]: FieldDefinition }

/** The names of the fields that have one of some types. */
export type FieldsOfType<Fields extends FieldDefinitions, Type extends FieldDefinition['type']> = {
  [Name in keyof Fields]: Fields[Name]['type'] extends Type ? Name : never
}[keyof Fields] &
  string
