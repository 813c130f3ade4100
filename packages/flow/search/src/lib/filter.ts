import type { FieldDefinitions, FieldsOfType } from './schema.ts'

/** What a filter compares a field of a kind with. */
interface Comparable {
  text: string
  keyword: string
  number: number
  date: string
  boolean: boolean
}

/** Bounds of a range; at least one. */
export interface Range<Bound> {
  /** Greater than. */
  readonly gt?: Bound | undefined
  /** Greater than or equal. */
  readonly gte?: Bound | undefined
  /** Less than. */
  readonly lt?: Bound | undefined
  /** Less than or equal. */
  readonly lte?: Bound | undefined
}

type ComparableField = keyof Comparable
type ValueOf<Fields extends FieldDefinitions, Name extends keyof Fields> = Fields[Name]['type'] extends ComparableField
  ? Comparable[Fields[Name]['type']]
  : never

/** All of the filters hold; of none, every document. */
export interface AndFilter<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly and: readonly Filter<Fields>[]
}

/** One of the filters holds; of none, no document. */
export interface OrFilter<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly or: readonly Filter<Fields>[]
}

/** The filter does not hold. */
export interface NotFilter<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly not: Filter<Fields>
}

/**
 * One of the field's values is the one given. Of a text field: the field has all words of the string, in any order; a string
 * without words matches nothing. Exactly one field.
 */
export interface TermFilter<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly term: { readonly [Name in FieldsOfType<Fields, ComparableField>]?: ValueOf<Fields, Name> }
}

/** What `term` says holds for one of some values; of none, no document. Up to 10,000. Exactly one field. */
export interface InFilter<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly in: { readonly [Name in FieldsOfType<Fields, ComparableField>]?: readonly ValueOf<Fields, Name>[] }
}

/** One of the field's values lies within the bounds; keywords by code points. Exactly one field. */
export interface RangeFilter<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly range: {
    readonly [Name in FieldsOfType<Fields, 'keyword' | 'number' | 'date'>]?: Range<ValueOf<Fields, Name>>
  }
}

/** The field has a value. An empty string is one. */
export interface ExistsFilter<Fields extends FieldDefinitions = FieldDefinitions> {
  readonly exists: keyof Fields & string
}

/** The document is one of these. Up to 10,000. */
export interface IdsFilter {
  readonly ids: readonly string[]
}

/** What a document must be like. Nested up to 32 deep, with up to 1,024 parts. */
export type Filter<Fields extends FieldDefinitions = FieldDefinitions> =
  | AndFilter<Fields>
  | OrFilter<Fields>
  | NotFilter<Fields>
  | TermFilter<Fields>
  | InFilter<Fields>
  | RangeFilter<Fields>
  | ExistsFilter<Fields>
  | IdsFilter
