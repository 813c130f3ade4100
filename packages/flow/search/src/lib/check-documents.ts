import { describeValue } from '@empire/errors'
import type { CheckedDocument, CheckedValue } from './checked-document.ts'
import type { CheckedField, CheckedSchema } from './checked-schema.ts'
import { readId } from './read-id.ts'
import { readValue, valueForms } from './read-value.ts'
import { readVector } from './read-vector.ts'
import { SearchError } from './search-error.ts'

/**
 * Documents that fit the schema; of several with one id the last, in its place. Throws `invalid_document` with the place of the
 * fault, and a `TypeError` if `documents` is not iterable.
 */
export function checkDocuments(schema: CheckedSchema, documents: unknown): CheckedDocument[] {
  if (typeof documents !== 'object' || documents === null || !(Symbol.iterator in documents)) {
    throw new TypeError(`"documents" must be an iterable of documents, got ${describeValue(documents)}.`)
  }
  const checked = new Map<string, CheckedDocument>()
  let at = 0
  for (const document of documents as Iterable<unknown>) {
    const read = checkDocument(schema, document, `documents[${at}]`)
    checked.delete(read.id)
    checked.set(read.id, read)
    at += 1
  }
  return [...checked.values()]
}

function checkDocument(schema: CheckedSchema, document: unknown, path: string): CheckedDocument {
  if (typeof document !== 'object' || document === null) {
    throw invalidDocument(path, undefined, 'an object with an "id"', document)
  }
  const { id }: { id?: unknown } = document
  const fault = readId(id)
  if (fault !== undefined) throw invalidDocument(`${path}.id`, undefined, fault, id)
  const values = schema.fields.map((field) => readValues(field, document, path, id as string))
  return { id: id as string, values }
}

/** A field may be called `constructor`: what every object inherits is not its value. */
function ownValue(document: object, name: string): unknown {
  if (!Object.hasOwn(document, name) && name in Object.prototype) return undefined
  return (document as Record<string, unknown>)[name]
}

const none: readonly CheckedValue[] = Object.freeze([])

function readValues(field: CheckedField, document: object, path: string, id: string): readonly CheckedValue[] {
  const value = ownValue(document, field.name)
  if (value === undefined || value === null) return none
  const { type, name } = field
  if (type === 'vector') {
    const vector = readVector(value, field)
    if (typeof vector === 'string') throw invalidDocument(`${path}.${name}`, id, vector, value)
    return [vector]
  }
  if (!Array.isArray(value)) {
    const read = readValue(type, value)
    if (read !== undefined) return [read]
    throw invalidDocument(`${path}.${name}`, id, `${valueForms[type]}, or an array of such`, value)
  }
  return Array.from(value as unknown[]).flatMap((part, index) => {
    if (part === null) return []
    const read = readValue(type, part)
    if (read === undefined) throw invalidDocument(`${path}.${name}[${index}]`, id, valueForms[type], part)
    return [read]
  })
}

function invalidDocument(path: string, id: string | undefined, expected: string, came: unknown): SearchError {
  return new SearchError('invalid_document', `"${path}" must be ${expected}, got ${describeValue(came)}.`, {
    details: { path, ...(id === undefined ? {} : { id }) },
  })
}
