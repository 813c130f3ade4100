import type { CheckedField } from '@empire/search/backend'

/** Where the parts of a field are in a document of OpenSearch. */
export interface FieldPaths {
  /** Values that are compared as a whole, and vectors. */
  readonly value: string
  /** Of a value field: 1 where the document has no value, else 0. */
  readonly absent: string
  /** Texts as they were given; kept, not indexed. */
  readonly text: string
  /** The terms of a text field, one per line. */
  readonly terms: string
  /** The folded words of a text field, one per line: for beginnings and near spellings. */
  readonly words: string
}

/** The paths of a field. Each part of a document is an object of its own, so that no name of a field can meet one of ours. */
export function fieldPaths({ name }: CheckedField): FieldPaths {
  const key = fieldKey(name)
  return {
    value: `values.${key}`,
    absent: `absent.${key}`,
    text: `texts.${key}`,
    terms: `terms.${key}`,
    words: `words.${key}`,
  }
}

const plain = /^[a-z][a-z0-9_-]*$/i

/**
 * The name of a field as a key of OpenSearch, where dots part objects and `*` and `^` mean more. Other characters than letters, digits,
 * `_` and `-` become their code between `~` and `;`, so no two names have the same key.
 */
export function fieldKey(name: string): string {
  if (plain.test(name)) return name
  return `~${name.replace(/[^a-z0-9_-]/gi, (sign) => `~${encodeUnits(sign)};`)}`
}

function encodeUnits(sign: string): string {
  return sign.charCodeAt(0).toString(16)
}
