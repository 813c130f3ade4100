import type { FieldDefinition, FieldDefinitions } from './schema.ts'

type OneOrMore<Value> = Value | readonly Value[]
type Given<Value> = Value | readonly (Value | null)[]

/** What a document gives for a field of a kind. */
export type FieldInput<Field extends FieldDefinition> = {
  text: Given<string>
  keyword: Given<string>
  number: Given<number>
  date: Given<string | Date>
  boolean: Given<boolean>
  vector: readonly number[] | Float32Array
}[Field['type']]

/** What a hit gives back of a field of a kind: the value, or an array where the document has several. */
export type FieldOutput<Field extends FieldDefinition> = {
  text: OneOrMore<string>
  keyword: OneOrMore<string>
  number: OneOrMore<number>
  date: OneOrMore<string>
  boolean: OneOrMore<boolean>
  vector: readonly number[]
}[Field['type']]

/**
 * A document to index: its `id` (1 to 512 bytes of UTF-8) and values for any of the index's fields. A field left out, `undefined`,
 * `null` or an empty array is a field without a value, and `null` in an array no value. Properties that are not fields are ignored.
 */
export type SearchDocument<Fields extends FieldDefinitions = FieldDefinitions> = { readonly id: string } & {
  readonly [Name in keyof Fields]?: FieldInput<Fields[Name]> | null | undefined
}
