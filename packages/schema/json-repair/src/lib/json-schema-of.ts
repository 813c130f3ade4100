import { describeValue } from '@empire/errors'
import type { JsonSchemaDocument, StandardSchema } from './accepted-schema.ts'

/** A JSON Schema document, or a Standard Schema that can be written as one (https://standardschema.dev/json-schema). */
export type JsonSchemaSource = StandardSchema | JsonSchemaDocument

interface JsonSchemaWriter {
  input(options: { readonly target: string }): unknown
}

/**
 * The JSON Schema of what a schema accepts.
 *
 * @throws {TypeError} if it is none, or a Standard Schema that cannot be written as one.
 */
export function jsonSchemaOf(source: JsonSchemaSource): Readonly<Record<string, unknown>> {
  const given: unknown = source
  if (typeof given === 'boolean') return {}
  if ((typeof given !== 'object' && typeof given !== 'function') || given === null || Array.isArray(given))
    throw new TypeError(
      `"schema" must be a JSON Schema document or a Standard Schema with JSON Schema, received ${describeValue(given)}.`,
    )
  if (!('~standard' in given)) return given as Readonly<Record<string, unknown>>
  const writer = (given['~standard'] as { readonly jsonSchema?: JsonSchemaWriter }).jsonSchema
  if (writer === undefined)
    throw new TypeError(
      '"schema" must be a Standard Schema that can be written as JSON Schema ("~standard".jsonSchema). Pass the JSON Schema document instead.',
    )
  return writer.input({ target: 'draft-2020-12' }) as Readonly<Record<string, unknown>>
}
