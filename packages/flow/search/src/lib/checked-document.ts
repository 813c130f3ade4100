/** A value as backends keep it: strings, numbers, dates as milliseconds since 1970, booleans; of a vector field the vector. */
export type CheckedValue = string | number | boolean | Float32Array

/** A document that fits the schema, its vectors embedded. */
export interface CheckedDocument {
  readonly id: string
  /** By the position of the field; empty where the document has no value. */
  readonly values: readonly (readonly CheckedValue[])[]
}
