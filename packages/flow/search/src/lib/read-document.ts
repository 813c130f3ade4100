import { describeValue } from '@empire/errors'
import type { Field } from './fields.ts'

/**
 * A document to index: its `id`, and text for any of the index's fields. A field left out is empty; several strings are
 * read as one text. Properties that are not fields are ignored.
 */
export type SearchDocument<FieldName extends string = string> = { readonly id: string } & {
  readonly [Name in FieldName]?: string | readonly string[] | undefined
}

/** A checked document: its texts, in the order of the fields. */
export interface ReadDocument {
  readonly id: string
  readonly texts: readonly (readonly string[])[]
}

export function readDocuments(documents: unknown, fields: readonly Field[]): ReadDocument[] {
  if (typeof documents !== 'object' || documents === null || !(Symbol.iterator in documents)) {
    throw new TypeError(`"documents" must be an iterable of documents, got ${describeValue(documents)}.`)
  }
  return Array.from(documents as Iterable<unknown>, (document, index) =>
    readDocument(document, `documents[${index}]`, fields),
  )
}

function readDocument(document: unknown, path: string, fields: readonly Field[]): ReadDocument {
  if (typeof document !== 'object' || document === null) {
    throw new TypeError(`"${path}" must be an object with an "id", got ${describeValue(document)}.`)
  }
  const { id }: { id?: unknown } = document
  if (typeof id !== 'string') throw new TypeError(`"${path}.id" must be a string, got ${describeValue(id)}.`)
  return { id, texts: fields.map(({ name }) => readTexts(ownValue(document, name), `${path}.${name}`)) }
}

/** A field may be called `constructor`: what every object inherits is not its text. */
function ownValue(document: object, name: string): unknown {
  if (!Object.hasOwn(document, name) && name in Object.prototype) return undefined
  return Reflect.get(document, name)
}

function readTexts(value: unknown, path: string): readonly string[] {
  if (value === undefined) return []
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) {
    throw new TypeError(`"${path}" must be a string, an array of strings or undefined, got ${describeValue(value)}.`)
  }
  return Array.from(value, (text: unknown, index) => {
    if (typeof text === 'string') return text
    throw new TypeError(`"${path}[${index}]" must be a string, got ${describeValue(text)}.`)
  })
}
