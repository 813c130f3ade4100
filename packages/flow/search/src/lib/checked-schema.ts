import type { Analyzer } from '@empire/analyzer'

/** A text field with all its options. */
export interface CheckedTextField {
  readonly name: string
  readonly type: 'text'
  readonly weight: number
  readonly analyzer: Analyzer
  readonly stored: boolean
  /** Where its values are in `CheckedDocument.values`. */
  readonly position: number
}

/** A field of values that are compared as a whole. */
export interface CheckedValueField {
  readonly name: string
  readonly type: 'keyword' | 'number' | 'date' | 'boolean'
  readonly stored: boolean
  readonly position: number
}

/** A vector field with all its options. */
export interface CheckedVectorField {
  readonly name: string
  readonly type: 'vector'
  readonly dimensions: number
  readonly metric: 'cosine' | 'dot'
  /** The names of text fields. */
  readonly from: readonly string[]
  readonly stored: boolean
  readonly position: number
}

/** A field of a checked schema. */
export type CheckedField = CheckedTextField | CheckedValueField | CheckedVectorField

/** The fields of an index, checked and complete. */
export interface CheckedSchema {
  /** In the order of the definition. */
  readonly fields: readonly CheckedField[]
  readonly byName: ReadonlyMap<string, CheckedField>
}
